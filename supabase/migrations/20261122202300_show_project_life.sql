-- As before, and the life of the project: what its holder said since, read by an officer, and what officers make of
-- it. Nobody's name is there but the holder's own.
create or replace view public.published_projects
with (security_barrier = true, security_invoker = false)
as
select
  p.slug,
  p.published_at,
  p.title,
  p.summary,
  p.description,
  p.sector,
  p.region,
  p.prefecture,
  p.commune,
  p.stage,
  p.holder_type,
  p.holder_name,
  p.residence_country,
  p.budget_total,
  p.amount_raised,
  p.needs,
  p.skills_sought,
  p.start_wanted,
  p.duration_band,
  p.locality_agreement,
  p.website,
  p.is_example,
  p.news,
  p.qualification
from (
  select
    project.*,
    (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'at', u.received_at, 'stage', u.stage, 'body', u.body, 'amount_received', u.amount_received,
          'amount_spent', u.amount_spent, 'picture', u.picture
        ) order by u.received_at, u.id
      ), '[]')
      from public.project_updates as u where u.project_id = project.id and u.status = 'accepted'
    ) as news,
    (
      select coalesce(jsonb_agg(
        jsonb_build_object('criterion', q.criterion, 'score', q.score, 'sentence', q.sentence, 'at', q.at)
        order by q.criterion
      ), '[]')
      from public.project_qualifications as q where q.project_id = project.id
    ) as qualification
  from public.projects as project
  where project.status = 'published' and project.consent_publication and project.quarantined_at is null
) as p;

-- As before, and what goes with a project: the news that its holder sent, and the offers of help that were let
-- through, with the address that each helper agreed to show.
create or replace function private.describe_submission(followed private.followed) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  stored jsonb;
  last_decision public.decisions;
begin
  execute format('select to_jsonb(stored) from %s as stored where stored.id = $1', followed.target)
    into stored using followed.id;
  select d.* into last_decision from public.decisions as d
  where d.row_id = followed.id and d.kind not in ('proposed', 'released') order by d.id desc limit 1;
  return jsonb_build_object(
    'form', followed.form,
    'row', stored
      - array['id', 'follow_up_hash', 'idempotency_key', 'content_hash', 'is_example', 'email_index', 'project_id'],
    'revision', (
      select count(*) from public.submission_events as e where e.row_id = followed.id and e.kind = 'corrected'
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'actor', e.actor) order by e.id), '[]')
      from public.submission_events as e where e.row_id = followed.id
    ),
    'team', case
      when last_decision.kind <> 'undone' and last_decision.after_status = stored ->> 'status'
        then jsonb_build_object('reason', last_decision.reason, 'note', last_decision.note)
    end
  ) || case when followed.form = 'projet' then jsonb_build_object(
    'updates', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'reference', u.reference, 'at', u.received_at, 'status', u.status, 'stage', u.stage, 'body', u.body,
          'amount_received', u.amount_received, 'amount_spent', u.amount_spent, 'picture', u.picture,
          'team', (
            select jsonb_build_object('reason', d.reason, 'note', d.note) from public.decisions as d
            where d.row_id = u.id and d.kind <> 'undone' and d.after_status = u.status order by d.id desc limit 1
          )
        ) order by u.received_at desc, u.id
      ), '[]')
      from public.project_updates as u where u.project_id = followed.id
    ),
    'offers', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'reference', o.reference, 'at', o.received_at, 'help', to_jsonb(o.help), 'details', o.details,
          'email', o.email, 'confirmed', o.confirmed_at is not null
        ) order by o.received_at desc, o.id
      ), '[]')
      from public.help_offers as o
      where o.project_id = followed.id and o.status = 'accepted' and o.quarantined_at is null
    )
  ) else '{}' end;
end
$$;

-- The three that follow: as before, with a line for each of the two forms.
create or replace view public.transparency
with (security_barrier = true, security_invoker = false)
as
select counted.what, counted.form, nullif(counted.number / 10 * 10, 0)::int as at_least
from (
  select 'kept' as what, f.slug as form, c.number
  from private.forms as f
  join (
    select 'inscription' as form, count(*) as number from public.registrations
      where not is_example and quarantined_at is null
    union all
    select 'association', count(*) from public.associations
      where not is_example and quarantined_at is null and status <> 'published'
    union all
    select 'projet', count(*) from public.projects
      where not is_example and quarantined_at is null and status <> 'published'
    union all
    -- What is shown can be counted on the pages.
    select 'nouvelle', count(*) from public.project_updates where not is_example and status <> 'accepted'
    union all
    select 'aide', count(*) from public.help_offers where not is_example and quarantined_at is null
    union all
    select 'difficulte', count(*) from public.difficulties where not is_example and quarantined_at is null
    union all
    select 'retour', count(*) from public.return_requests where not is_example and quarantined_at is null
    union all
    select 'rumeur', count(*) from public.rumours where not is_example and quarantined_at is null
    union all
    select 'avis', count(*) from public.feedback where not is_example and quarantined_at is null
    union all
    select 'retrait-voix', count(*) from public.testimony_withdrawals where not is_example
  ) as c on c.form = f.slug
  union all
  select 'erased_by_' || r.reason, null, (select count(*) from public.erasures as e where e.reason = r.reason)
  from unnest(array['person', 'retention', 'officer']) as r (reason)
) as counted;

create or replace view public.desk_submissions
with (security_invoker = true)
as
select
  s.form, s.id, s.reference, s.status, s.received_at, s.is_example, s.quarantined_at, s.quarantine_reasons,
  s.title, s.place,
  private.folded(concat_ws(' ', s.reference, s.title, s.place, s.words)) as haystack,
  private.seen(s.id, s.status, s.quarantined_at) as seen
from (
  select 'inscription' as form, id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    occupation as title, concat_ws(', ', city, residence_country) as place,
    concat_ws(' ', array_to_string(skills, ' '), array_to_string(languages, ' ')) as words
  from public.registrations
  union all
  select 'association', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    name, concat_ws(', ', city, country), description
  from public.associations
  union all
  select 'projet', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    title, concat_ws(', ', commune, prefecture), concat_ws(' ', summary, description, holder_name)
  from public.projects
  union all
  -- Named as their project is: news have no title.
  select 'nouvelle', u.id, u.reference, u.status, u.received_at, u.is_example, u.quarantined_at, u.quarantine_reasons,
    p.title, p.reference, concat_ws(' ', u.body, u.picture)
  from public.project_updates as u left join public.projects as p on p.id = u.project_id
  union all
  select 'aide', o.id, o.reference, o.status, o.received_at, o.is_example, o.quarantined_at, o.quarantine_reasons,
    o.details, concat_ws(' ', p.reference, o.project), array_to_string(o.help, ' ')
  from public.help_offers as o left join public.projects as p on p.id = o.project_id
  union all
  select 'difficulte', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    office, country, extra_paper
  from public.difficulties
  union all
  select 'retour', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    null, country, null
  from public.return_requests
  union all
  select 'rumeur', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    left(claim, 120), country, claim
  from public.rumours
  union all
  select 'avis', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    page, null, comment
  from public.feedback
  union all
  select 'retrait-voix', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    null, null, null
  from public.testimony_withdrawals
) as s;

create or replace view public.desk_counts
with (security_invoker = true)
as
select s.form, s.status, s.quarantined_at is not null as aside, count(*)::int as number
from (
  select 'inscription' as form, status, quarantined_at from public.registrations
  union all select 'association', status, quarantined_at from public.associations
  union all select 'projet', status, quarantined_at from public.projects
  union all select 'nouvelle', status, quarantined_at from public.project_updates
  union all select 'aide', status, quarantined_at from public.help_offers
  union all select 'difficulte', status, quarantined_at from public.difficulties
  union all select 'retour', status, quarantined_at from public.return_requests
  union all select 'rumeur', status, quarantined_at from public.rumours
  union all select 'avis', status, quarantined_at from public.feedback
  union all select 'retrait-voix', status, quarantined_at from public.testimony_withdrawals
) as s
group by s.form, s.status, s.quarantined_at is not null;
