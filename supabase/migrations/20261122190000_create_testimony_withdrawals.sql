-- Codes by which people withdraw a testimony. The code is the whole answer: nothing here says who sent it.
create table public.testimony_withdrawals (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('V')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received' check (status in ('received', 'accepted', 'refused')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,
  -- Nobody's withdrawal waits for somebody to let it out.
  quarantined_at timestamptz check (quarantined_at is null),
  quarantine_reasons text[] not null default '{}' check (quarantine_reasons = '{}'),

  code text not null check (code ~ '^[ACDEFGHJKMNPQRTVWXY34679]{32}$')
);

create index testimony_withdrawals_content_hash_idx on public.testimony_withdrawals (content_hash, received_at);
create index testimony_withdrawals_desk_idx on public.testimony_withdrawals (status, received_at);

alter table public.testimony_withdrawals enable row level security;
alter table public.testimony_withdrawals force row level security;

create policy "officers read testimony withdrawals" on public.testimony_withdrawals
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.testimony_withdrawals from public, anon, authenticated, service_role;
grant select on public.testimony_withdrawals to authenticated;
grant select, insert, update on public.testimony_withdrawals to service_role;

create trigger desk_refuses_api_update
  before update on public.testimony_withdrawals
  for each statement execute function private.refuse_api_update();

create trigger desk_forgets
  after delete on public.testimony_withdrawals
  for each row execute function private.forget_decisions();

create trigger testimony_withdrawals_refuse_api_delete
  before delete or truncate on public.testimony_withdrawals
  for each statement execute function private.refuse_api_delete();

create trigger testimony_withdrawals_are_audited
  after update or delete on public.testimony_withdrawals
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('retrait-voix', 'public.testimony_withdrawals');
-- As long as the longest agreement: nothing that was withdrawn can come back.
insert into private.retention (form, months, counted_from) values ('retrait-voix', 24, 'received');

-- What the build reads before it publishes a testimony: the fingerprint of every code that was used, whatever an
-- officer made of it. The codes themselves leave the database for nobody.
create view public.withdrawn_testimonies
with (security_barrier = true, security_invoker = false)
as
select distinct encode(sha256(convert_to(w.code, 'UTF8')), 'hex') as code_hash
from (
  select withdrawal.code from public.testimony_withdrawals as withdrawal where not withdrawal.is_example
) as w;

revoke all on public.withdrawn_testimonies from public, anon, authenticated, service_role;
grant select on public.withdrawn_testimonies to anon, authenticated, service_role;

-- The pages are files: a testimony leaves them at the next build.
create function private.request_build_without_testimony() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into private.build_requests (reason) values ('unpublished');
  return null;
end
$$;

revoke all on function private.request_build_without_testimony() from public;

create trigger testimony_withdrawals_request_builds
  after insert on public.testimony_withdrawals
  for each row when (not new.is_example) execute function private.request_build_without_testimony();

-- The three that follow: as before, with a line for this form.
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
  union all select 'difficulte', status, quarantined_at from public.difficulties
  union all select 'retour', status, quarantined_at from public.return_requests
  union all select 'rumeur', status, quarantined_at from public.rumours
  union all select 'avis', status, quarantined_at from public.feedback
  union all select 'retrait-voix', status, quarantined_at from public.testimony_withdrawals
) as s
group by s.form, s.status, s.quarantined_at is not null;
