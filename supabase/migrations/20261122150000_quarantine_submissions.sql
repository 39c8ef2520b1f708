-- What looks like a robot's sending is stored all the same, put aside, and said so to whoever sent it. It is not a
-- state: whoever holds the link of such a row sees, corrects and erases it like any other. An officer lets it out by
-- emptying `quarantined_at`; the reasons stay, to know which guard is wrong about people.
do $$
declare
  known record;
begin
  for known in select f.target from private.forms as f loop
    execute format(
      'alter table %1$s
         add column quarantined_at timestamptz,
         add column quarantine_reasons text[] not null default ''{}''
           check (quarantine_reasons <@ array[
             ''honeypot'', ''no_token'', ''forged_token'', ''young_token'', ''old_token'', ''no_page''
           ]),
         add check (quarantined_at is null or cardinality(quarantine_reasons) > 0),
         -- Somebody must have let it out first.
         add check (quarantined_at is null or status not in (''accepted'', ''published''));
       create index on %1$s (quarantined_at) where quarantined_at is not null;
       grant update (quarantined_at) on %1$s to authenticated',
      known.target
    );
  end loop;
end
$$;

-- As before, and an officer may let out what was put aside, never put anything aside.
create or replace function private.limit_officer_update() returns trigger
language plpgsql set search_path = ''
as $$
declare
  may_publish boolean;
  changed text[];
begin
  -- The secret key and the owner are not officers; their reach is bounded elsewhere.
  if current_user not in ('anon', 'authenticated') then
    return new;
  end if;

  may_publish := coalesce(private.officer_role() in ('publisher', 'admin'), false);

  select coalesce(array_agg(k.name), '{}') into changed
  from jsonb_object_keys(to_jsonb(new)) as k (name)
  where to_jsonb(new) -> k.name is distinct from to_jsonb(old) -> k.name;

  if not changed <@ array['status', 'slug', 'published_at', 'confirmed_at', 'quarantined_at'] then
    raise exception 'Seul l’état d’un dossier se change ici ; son contenu appartient à la personne qui l’a envoyé.'
      using errcode = '42501';
  end if;

  if 'quarantined_at' = any (changed) and new.quarantined_at is not null then
    raise exception 'Un dossier mis de côté se reprend ici ; il ne s’y met pas.'
      using errcode = '42501';
  end if;

  if not may_publish and cardinality(changed) > 0
    and (changed && array['slug', 'published_at', 'confirmed_at'] or 'published' in (old.status, new.status)) then
    raise exception 'Votre rôle ne permet pas de publier, ni de modifier ce qui est publié.'
      using errcode = '42501';
  end if;

  return new;
end
$$;

-- As before, without what was put aside.
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
  p.is_example
from (
  select project.* from public.projects as project
  where project.status = 'published' and project.consent_publication and project.quarantined_at is null
) as p;

create or replace view public.published_associations
with (security_barrier = true, security_invoker = false)
as
select
  a.slug,
  a.published_at,
  a.confirmed_at,
  a.name,
  a.country,
  a.city,
  a.founded_year,
  a.activities,
  a.description,
  a.action_regions,
  a.size_band,
  a.website,
  a.public_contact,
  a.is_example
from (
  select association.* from public.associations as association
  where association.status = 'published' and association.consent_publication
    and association.quarantined_at is null
) as a;
