-- Rumours sent in to be checked. Nothing here says who sent them.
create table public.rumours (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('Q')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received'
    check (status in ('received', 'accepted', 'refused')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,

  claim text not null check (char_length(claim) between 1 and 1000),
  channel text not null check (channel in (
    'whatsapp', 'facebook', 'tiktok', 'radio', 'word_of_mouth', 'recruiter', 'other'
  )),
  month_seen text not null check (month_seen ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  link text check (link ~ '^https?://' and char_length(link) <= 300),
  country text check (country ~ '^[A-Z]{2}$')
);

create index rumours_content_hash_idx on public.rumours (content_hash, received_at);
create index rumours_desk_idx on public.rumours (status, received_at);

alter table public.rumours enable row level security;
alter table public.rumours force row level security;

create policy "officers read rumours" on public.rumours
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update rumours" on public.rumours
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

revoke all on public.rumours from public, anon, authenticated, service_role;
grant select on public.rumours to authenticated;
grant update (status) on public.rumours to authenticated;
grant select, insert, update on public.rumours to service_role;

create trigger rumours_limit_officer_update
  before update on public.rumours
  for each row execute function private.limit_officer_update();

create trigger rumours_refuse_api_delete
  before delete or truncate on public.rumours
  for each statement execute function private.refuse_api_delete();

create trigger rumours_are_audited
  after update or delete on public.rumours
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('rumeur', 'public.rumours');
