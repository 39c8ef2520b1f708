-- People who come back and ask to be reached. What says who or where they are is sealed: a copy of this table
-- gives nobody away.
create table public.return_requests (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('R')
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

  call_name text check (private.is_protected(call_name, 'sealed1', 471)),
  channel text not null check (channel in ('phone_call', 'sms', 'whatsapp', 'email')),
  contact text check (private.is_protected(contact, 'sealed1', 1495)),
  safe_hours text check (private.is_protected(safe_hours, 'sealed1', 812)),
  leave_message text not null check (leave_message in ('yes', 'no')),
  country text check (country ~ '^[A-Z]{2}$'),
  return_region text check (return_region in ('maritime', 'plateaux', 'centrale', 'kara', 'savanes')),
  needs text[] not null default '{}' check (cardinality(needs) <= 7
    and needs <@ array['papers', 'housing', 'training', 'job', 'project', 'family', 'other']),
  details text check (private.is_protected(details, 'sealed1', 5505)),
  consent_storage boolean not null check (consent_storage),
  consent_contact boolean not null check (consent_contact),

  constraint return_requests_identity_check
    check (is_example or (call_name is not null and contact is not null))
);

create index return_requests_content_hash_idx on public.return_requests (content_hash, received_at);
create index return_requests_follow_up_hash_idx on public.return_requests (follow_up_hash);
create index return_requests_desk_idx on public.return_requests (status, received_at);

alter table public.return_requests enable row level security;
alter table public.return_requests force row level security;

create policy "officers read return requests" on public.return_requests
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update return requests" on public.return_requests
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

revoke all on public.return_requests from public, anon, authenticated, service_role;
grant select on public.return_requests to authenticated;
grant update (status) on public.return_requests to authenticated;
grant select, insert, update on public.return_requests to service_role;

create trigger return_requests_limit_officer_update
  before update on public.return_requests
  for each row execute function private.limit_officer_update();

create trigger return_requests_refuse_api_delete
  before delete or truncate on public.return_requests
  for each statement execute function private.refuse_api_delete();

create trigger return_requests_are_audited
  after update or delete on public.return_requests
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('retour', 'public.return_requests');
