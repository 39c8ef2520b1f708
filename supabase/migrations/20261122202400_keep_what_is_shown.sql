-- As before, with two changes. News that are shown are kept with their project. And an association is counted as silent
-- from its last confirmation or its last publication, whichever came later: an officer who publishes it again has just
-- read it, and it must not leave the directory the same day. src/domain/associations/listing.ts says the same.
create or replace function private.is_expired(rule private.retention, stored jsonb, as_of timestamptz)
returns boolean
language sql stable set search_path = ''
as $$
  with dates as (
    select
      greatest(
        (stored ->> 'received_at')::timestamptz,
        (select max(e.at) from public.submission_events as e where e.row_id = (stored ->> 'id')::uuid)
      ) as changed,
      greatest((stored ->> 'consent_at')::timestamptz, (stored ->> 'confirmed_at')::timestamptz) as agreed,
      (stored ->> 'received_at')::timestamptz as received,
      greatest((stored ->> 'confirmed_at')::timestamptz, (stored ->> 'published_at')::timestamptz)
        + make_interval(months => rule.unconfirmed_months) as hidden
  )
  select not (stored ->> 'is_example')::boolean and case
    when stored ->> 'quarantined_at' is not null
      then (stored ->> 'quarantined_at')::timestamptz + private.kept('quarantine') <= as_of
    when stored ->> 'status' = 'published' and rule.unconfirmed_months is not null
      then greatest(d.hidden, d.changed) + make_interval(months => rule.closed_months) <= as_of
    when stored ->> 'status' = 'published' and rule.while_published
      then false
    when rule.form = 'nouvelle' and stored ->> 'status' = 'accepted'
      then false
    when stored ->> 'status' in ('refused', 'withdrawn') and rule.closed_months is not null
      then d.changed + make_interval(months => rule.closed_months) <= as_of
    else
      case rule.counted_from when 'received' then d.received when 'agreed' then d.agreed else d.changed end
        + make_interval(months => rule.months) <= as_of
  end
  from dates as d
$$;
