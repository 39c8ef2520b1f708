-- Associations of Togolese abroad, for a directory. Published like projects, and besides with the date on which the
-- person responsible last confirmed that it is theirs.
create table public.associations (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('S')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received'
    check (status in ('received', 'needs_info', 'accepted', 'published', 'refused', 'withdrawn')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,

  slug text unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 120),
  published_at timestamptz,
  confirmed_at timestamptz,
  name text not null check (char_length(name) between 1 and 120),
  country text not null check (country ~ '^[A-Z]{2}$'),
  city text not null check (char_length(city) between 1 and 100),
  founded_year text not null check (founded_year ~ '^(19|20)[0-9]{2}$'),
  activities text[] not null check (cardinality(activities) between 1 and 15 and activities <@ array[
    'agriculture', 'water', 'energy', 'health', 'education', 'training', 'digital', 'crafts_industry',
    'housing_infrastructure', 'environment', 'culture_sport', 'social', 'trade_services', 'tourism', 'other'
  ]),
  description text not null check (char_length(description) between 1 and 600),
  action_regions text[] not null default '{}' check (cardinality(action_regions) <= 5
    and action_regions <@ array['maritime', 'plateaux', 'centrale', 'kara', 'savanes']),
  size_band text check (size_band in ('under_20', '20_to_49', '50_to_199', '200_or_more')),
  website text check (website ~ '^https?://' and char_length(website) <= 300),
  public_contact text check (public_contact ~ '^\+[1-9][0-9]{6,14}$'
    or (public_contact ~ '^[^@[:space:]]+@[^@[:space:]]+$' and char_length(public_contact) <= 254)),
  contact_name text check (private.is_protected(contact_name, 'sealed1', 812)),
  contact_role text check (private.is_protected(contact_role, 'sealed1', 556)),
  email text check (private.is_protected(email, 'enc1', 1421)),
  email_index text check (email_index ~ '^[0-9a-f]{64}$'),
  phone text check (private.is_protected(phone, 'sealed1', 215)),
  consent_publication boolean not null check (consent_publication),
  consent_contact boolean not null check (consent_contact),

  constraint associations_identity_check check (
    is_example or (contact_name is not null and contact_role is not null and email is not null)
  ),
  constraint associations_email_index_goes_with_email check ((email is null) = (email_index is null)),
  -- A published association has an address and a date, or the site could not show it.
  constraint associations_published_check
    check (status <> 'published' or (slug is not null and published_at is not null))
);

create index associations_content_hash_idx on public.associations (content_hash, received_at);
create index associations_follow_up_hash_idx on public.associations (follow_up_hash);
create index associations_desk_idx on public.associations (status, received_at);
create index associations_email_index_idx on public.associations (email_index);

alter table public.associations enable row level security;
alter table public.associations force row level security;

create policy "officers read associations" on public.associations
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update associations" on public.associations
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

revoke all on public.associations from public, anon, authenticated, service_role;
grant select on public.associations to authenticated;
grant update (status, slug, published_at, confirmed_at) on public.associations to authenticated;
grant select, insert, update on public.associations to service_role;

create trigger associations_limit_officer_update
  before update on public.associations
  for each row execute function private.limit_officer_update();

create trigger associations_refuse_api_delete
  before delete or truncate on public.associations
  for each statement execute function private.refuse_api_delete();

create trigger associations_are_audited
  after update or delete on public.associations
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('association', 'public.associations');

-- As before, and `confirmed_at` is a word of publication too: it is shown to everybody.
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

  if not changed <@ array['status', 'slug', 'published_at', 'confirmed_at'] then
    raise exception 'Seul l’état d’un dossier se change ici ; son contenu appartient à la personne qui l’a envoyé.'
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

-- What a visitor may read. For each of its words, see published_projects.
create view public.published_associations
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
) as a;

revoke all on public.published_associations from public, anon, authenticated, service_role;
grant select on public.published_associations to anon, authenticated, service_role;
