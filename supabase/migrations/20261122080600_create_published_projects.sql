-- The only thing a visitor may read. It runs with its owner's rights (not security_invoker) so that `anon` needs
-- no right at all on `projects`: with an invoker view, one policy would have to open whole rows, e-mail included.
-- security_barrier: no function of a caller's filter is evaluated on a row the WHERE has not let through.
-- FROM is a subquery because a plain one-table view is updatable, and an owner's-rights updatable view would let
-- whoever is granted it write into `projects` past row-level security.
create view public.published_projects
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
  p.is_example
from (
  select project.* from public.projects as project
  where project.status = 'published' and project.consent_publication
) as p;

revoke all on public.published_projects from public, anon, authenticated, service_role;
grant select on public.published_projects to anon, authenticated, service_role;
