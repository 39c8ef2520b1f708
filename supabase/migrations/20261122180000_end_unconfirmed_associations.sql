-- The site has pages of its own below /associations/: an association at one of these addresses would hide it, or be
-- hidden. The same words are in src/domain/associations/association.ts, and a test compares the two.
alter table public.associations
  add constraint associations_slug_not_reserved
    check (slug not in ('activite', 'inscrire', 'page', 'pays', 'region'));

-- An association that nobody confirmed leaves the directory of itself (src/domain/associations/listing.ts). It must not
-- be kept for ever as « published » once nobody can read it: it is then kept as if it had been withdrawn that day.
alter table private.retention add column unconfirmed_months int check (unconfirmed_months > 0);

update private.retention set unconfirmed_months = 14 where form = 'association';

-- As before, but for what is published and no longer shown.
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
      coalesce((stored ->> 'confirmed_at')::timestamptz, (stored ->> 'published_at')::timestamptz)
        + make_interval(months => rule.unconfirmed_months) as hidden
  )
  select not (stored ->> 'is_example')::boolean and case
    when stored ->> 'quarantined_at' is not null
      then (stored ->> 'quarantined_at')::timestamptz + private.kept('quarantine') <= as_of
    when stored ->> 'status' = 'published' and rule.unconfirmed_months is not null
      then greatest(d.hidden, d.changed) + make_interval(months => rule.closed_months) <= as_of
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
