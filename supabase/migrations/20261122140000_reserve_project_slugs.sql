-- The site has pages of its own below /projets/: a project at one of these addresses would hide it, or be hidden.
-- The same words are in src/domain/projects/project.ts, and a test compares the two.
alter table public.projects
  add constraint projects_slug_not_reserved
    check (slug not in ('financer', 'proposer', 'region', 'secteur'));
