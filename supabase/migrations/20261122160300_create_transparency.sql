-- What anybody may know of how much is kept here. A visitor reads this view only, and it holds no number smaller than
-- ten nor any that lets one be worked out: each is rounded down to the ten below, no row of the database counts in
-- two of them, and there is no total. Projects and associations in the catalogue are left out: everybody can count
-- those, and a difference would tell the rest.
create view public.transparency
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
  ) as c on c.form = f.slug
  union all
  select 'erased_by_' || r.reason, null, (select count(*) from public.erasures as e where e.reason = r.reason)
  from unnest(array['person', 'retention', 'officer']) as r (reason)
) as counted;

revoke all on public.transparency from public, anon, authenticated, service_role;
grant select on public.transparency to anon, authenticated, service_role;
