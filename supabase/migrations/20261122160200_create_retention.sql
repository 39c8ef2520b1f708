-- How long answers are kept. The declarations of the forms (src/domain/forms) say the same, in months and in
-- sentences; a test compares the two.
create table private.retention (
  form text primary key references private.forms (slug),
  months int not null check (months > 0),
  -- The day the months are counted from: the sending, the last agreement, or the last thing that happened.
  counted_from text not null check (counted_from in ('received', 'agreed', 'changed')),
  while_published boolean not null default false,
  -- Once refused or withdrawn. Null: no other delay.
  closed_months int check (closed_months > 0),
  -- Answers emptied before the rest: the months they are kept from the sending, by column.
  answers jsonb not null default '{}'
);

insert into private.retention (form, months, counted_from, while_published, closed_months, answers) values
  ('inscription', 24, 'agreed', false, 6, '{}'),
  ('association', 12, 'changed', true, 6, '{}'),
  ('projet', 12, 'changed', true, 6, '{}'),
  ('difficulte', 24, 'received', false, 6, '{"email": 6}'),
  ('retour', 6, 'changed', false, null, '{}'),
  ('rumeur', 12, 'received', false, null, '{}'),
  ('avis', 12, 'received', false, null, '{}');

revoke all on private.retention from public, anon, authenticated, service_role;

-- Whether a submission has been kept long enough. Examples are nobody's, and stay.
create function private.is_expired(rule private.retention, stored jsonb, as_of timestamptz) returns boolean
language sql stable set search_path = ''
as $$
  with dates as (
    select
      greatest(
        (stored ->> 'received_at')::timestamptz,
        (select max(e.at) from public.submission_events as e where e.row_id = (stored ->> 'id')::uuid)
      ) as changed,
      greatest((stored ->> 'consent_at')::timestamptz, (stored ->> 'confirmed_at')::timestamptz) as agreed,
      (stored ->> 'received_at')::timestamptz as received
  )
  select not (stored ->> 'is_example')::boolean and case
    when stored ->> 'quarantined_at' is not null
      then (stored ->> 'quarantined_at')::timestamptz + private.kept('quarantine') <= as_of
    when stored ->> 'status' = 'published' and rule.while_published
      then false
    when stored ->> 'status' in ('refused', 'withdrawn') and rule.closed_months is not null
      then d.changed + make_interval(months => rule.closed_months) <= as_of
    else
      case rule.counted_from when 'received' then d.received when 'agreed' then d.agreed else d.changed end
        + make_interval(months => rule.months) <= as_of
  end
  from dates as d
$$;

-- Erases what has been kept long enough at this moment, and says how much. At most five hundred submissions of a
-- form at once: the rest waits for the next hour.
create function private.purge_expired(as_of timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known record;
  rule private.retention;
  due uuid[];
  answer record;
  touched int;
  submissions int := 0;
  answers int := 0;
  letters int;
begin
  for known in select f.slug, f.target from private.forms as f loop
    select r.* into rule from private.retention as r where r.form = known.slug;
    if not found then
      raise exception 'no retention for the form %', known.slug using errcode = '23502';
    end if;
    execute format(
      'select array_agg(expired.id) from (
         select stored.id from %s as stored
         where stored.received_at < $2 and private.is_expired($1, to_jsonb(stored), $2)
         order by stored.received_at limit 500
         for update skip locked
       ) as expired',
      known.target
    ) into due using rule, as_of;
    for i in 1 .. coalesce(cardinality(due), 0) loop
      perform private.erase_submission(known.slug, due[i], 'retention');
    end loop;
    submissions := submissions + coalesce(cardinality(due), 0);

    for answer in select a.key as name, a.value::int as months from jsonb_each_text(rule.answers) as a loop
      execute format(
        'update %1$s as stored set %2$s
         where not stored.is_example and stored.%3$I is not null
           and stored.received_at + make_interval(months => $1) <= $2',
        known.target,
        (
          -- The index of an address goes with it.
          select string_agg(format('%I = null', a.attname), ', ') from pg_catalog.pg_attribute as a
          where a.attrelid = known.target and not a.attisdropped
            and a.attname in (answer.name, answer.name || '_index')
        ),
        answer.name
      ) using answer.months, as_of;
      get diagnostics touched = row_count;
      answers := answers + touched;
    end loop;
  end loop;

  delete from private.outbox as o
  where o.state in ('sent', 'dead')
    and o.done_at + private.kept(case when o.kind = 'yearly' then 'yearly_letter' else 'letter' end) <= as_of;
  get diagnostics letters = row_count;

  return jsonb_build_object('submissions', submissions, 'answers', answers, 'letters', letters);
end
$$;

-- Whoever holds the secret key must not be able to empty the tables by giving the date of another century.
create function public.purge_expired(as_of timestamptz) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.purge_expired(least(as_of, now()))::text $$;

revoke all on function
  private.is_expired(private.retention, jsonb, timestamptz),
  private.purge_expired(timestamptz),
  public.purge_expired(timestamptz)
from public, anon, authenticated, service_role;
grant execute on function private.purge_expired(timestamptz), public.purge_expired(timestamptz) to service_role;
