-- The catalogue now has lists by stage, need, prefecture and country of the holder, pages of lists, and an archive.
-- The same words are in src/domain/projects/project.ts, and a test compares the two.
alter table public.projects
  drop constraint projects_slug_not_reserved;

alter table public.projects
  add constraint projects_slug_not_reserved
    check (slug not in (
      'archives', 'besoin', 'etape', 'financer', 'page', 'pays', 'prefecture', 'proposer', 'region', 'secteur'
    ));
