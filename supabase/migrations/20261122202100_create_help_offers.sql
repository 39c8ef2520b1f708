-- People who want to help a project. Neither side's address is ever public: an officer reads the offer, and once it is
-- accepted the holder of the project reads it by their own link, with the address the helper agreed to show them.
create table public.help_offers (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('H')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received'
    check (status in ('received', 'needs_info', 'accepted', 'refused', 'withdrawn')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,
  quarantined_at timestamptz,
  quarantine_reasons text[] not null default '{}'
    check (quarantine_reasons <@ array[
      'honeypot', 'no_token', 'forged_token', 'young_token', 'old_token', 'no_page'
    ]),

  project text not null check (project ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(project) <= 120),
  -- The project that had this address when the offer came: an address may change hands. Null: there was none.
  project_id uuid,
  help text[] not null check (cardinality(help) between 1 and 10
    and help <@ array['funding', 'skills', 'local_partner', 'land', 'equipment', 'other']),
  details text not null check (char_length(details) between 1 and 200),
  email text check (private.is_protected(email, 'enc1', 1421)),
  email_index text check (email_index ~ '^[0-9a-f]{64}$'),
  consent_share boolean not null check (consent_share),
  consent_contact boolean not null check (consent_contact),

  constraint help_offers_identity_check check (is_example or email is not null),
  constraint help_offers_email_index_goes_with_email check ((email is null) = (email_index is null)),
  check (quarantined_at is null or cardinality(quarantine_reasons) > 0),
  -- Somebody must have let it out first.
  check (quarantined_at is null or status <> 'accepted')
);

create index help_offers_project_idx on public.help_offers (project_id, received_at);
create index help_offers_content_hash_idx on public.help_offers (content_hash, received_at);
create index help_offers_email_index_idx on public.help_offers (email_index);
create index help_offers_desk_idx on public.help_offers (status, received_at);
create index help_offers_aside_idx on public.help_offers (quarantined_at) where quarantined_at is not null;

alter table public.help_offers enable row level security;
alter table public.help_offers force row level security;

create policy "officers read help offers" on public.help_offers
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.help_offers from public, anon, authenticated, service_role;
grant select on public.help_offers to authenticated;
grant select, insert, update on public.help_offers to service_role;

create trigger desk_refuses_api_update
  before update on public.help_offers
  for each statement execute function private.refuse_api_update();

create trigger desk_forgets
  after delete on public.help_offers
  for each row execute function private.forget_decisions();

create trigger help_offers_refuse_api_delete
  before delete or truncate on public.help_offers
  for each statement execute function private.refuse_api_delete();

create trigger help_offers_are_audited
  after update or delete on public.help_offers
  for each row execute function private.write_audit('id');

-- A sender names a project, never a row: whatever comes in `project_id` is replaced.
create function private.find_project() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' or new.project <> old.project then
    new.project_id := (
      select p.id from public.projects as p where p.slug = new.project and p.status = 'published'
    );
  else
    new.project_id := old.project_id;
  end if;
  return new;
end
$$;

revoke all on function private.find_project() from public;

create trigger help_offers_find_their_project
  before insert or update on public.help_offers
  for each row execute function private.find_project();

insert into private.forms (slug, target, asks) values ('aide', 'public.help_offers', true);
insert into private.retention (form, months, counted_from, closed_months) values ('aide', 6, 'changed', 6);
select private.enable_follow_up('aide');
select private.enable_letters('aide');

-- However a project goes, what was about it goes with it.
create function private.forget_project() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.project_updates where project_id = old.id;
  delete from public.help_offers where project_id = old.id;
  return null;
end
$$;

revoke all on function private.forget_project() from public;

create trigger projects_take_what_is_theirs
  after delete on public.projects
  for each row execute function private.forget_project();
