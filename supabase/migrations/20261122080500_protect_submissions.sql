-- Forced: if the tables ever belong to a role without BYPASSRLS, they close instead of opening.
alter table public.registrations enable row level security;
alter table public.registrations force row level security;
alter table public.projects enable row level security;
alter table public.projects force row level security;

create policy "officers read registrations" on public.registrations
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update registrations" on public.registrations
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

create policy "officers read projects" on public.projects
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update projects" on public.projects
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

-- The first lock on hosted Supabase, whose default privileges grant every new table to the API roles. Not the
-- only one: @supabase/lite grants everything again at start, so the policies and triggers must hold alone.
revoke all on public.registrations, public.projects from public, anon, authenticated, service_role;
grant select on public.registrations, public.projects to authenticated;
grant update (status) on public.registrations to authenticated;
grant update (status, slug, published_at) on public.projects to authenticated;
grant select, insert, update on public.registrations, public.projects to service_role;

-- A policy chooses rows, not columns, and the column grants above may be undone by the platform.
create function private.limit_officer_update() returns trigger
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

  if not changed <@ array['status', 'slug', 'published_at'] then
    raise exception 'Seul l’état d’un dossier se change ici ; son contenu appartient à la personne qui l’a envoyé.'
      using errcode = '42501';
  end if;

  if not may_publish and cardinality(changed) > 0
    and (changed && array['slug', 'published_at'] or 'published' in (old.status, new.status)) then
    raise exception 'Votre rôle ne permet pas de publier un projet, ni de modifier un projet publié.'
      using errcode = '42501';
  end if;

  return new;
end
$$;

create trigger registrations_limit_officer_update
  before update on public.registrations
  for each row execute function private.limit_officer_update();

create trigger projects_limit_officer_update
  before update on public.projects
  for each row execute function private.limit_officer_update();

-- A row leaves through a declared function (erasure, retention) that runs as the owner, never through
-- DELETE /rest/v1/…: a stolen secret key must not be able to empty a table in one request.
create function private.refuse_api_delete() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if current_user in ('anon', 'authenticated', 'service_role') then
    raise exception 'Un dossier ne se supprime pas par cette voie.' using errcode = '42501';
  end if;
  return null;
end
$$;

create trigger registrations_refuse_api_delete
  before delete or truncate on public.registrations
  for each statement execute function private.refuse_api_delete();

create trigger projects_refuse_api_delete
  before delete or truncate on public.projects
  for each statement execute function private.refuse_api_delete();

create trigger officers_refuse_api_delete
  before delete or truncate on public.officers
  for each statement execute function private.refuse_api_delete();
