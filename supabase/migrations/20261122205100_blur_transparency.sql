-- A number rounded to the ten below still tells, to who adds sendings of their own one by one, at which of them it
-- changes: and so how many were there, were it three. Each line is therefore lowered by zero to nine before it is
-- rounded, by a quantity that this secret draws anew every month, and that nobody reads.
create table private.transparency_blur (
  only_one boolean primary key default true check (only_one),
  secret text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into private.transparency_blur default values;
revoke all on private.transparency_blur from public, anon, authenticated, service_role;

-- The lines as they were, lowered before they are rounded.
create or replace view public.transparency
with (security_barrier = true, security_invoker = false)
as
select
  counted.what, counted.form,
  nullif(
    greatest(
      counted.number - get_byte(
        sha256(
          convert_to(
            concat_ws(' ', blur.secret, counted.what, counted.form, to_char(now() at time zone 'UTC', 'YYYY-MM')),
            'UTF8'
          )
        ), 0
      ) % 10,
      0
    ) / 10 * 10,
    0
  )::int as at_least
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
) as counted
cross join private.transparency_blur as blur;
