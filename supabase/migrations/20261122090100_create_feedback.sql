-- « Cette page vous a-t-elle aidé ? » Nothing here says who answered.
create table public.feedback (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('A')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received' check (status in ('received', 'accepted', 'refused')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,

  helpful text not null check (helpful in ('yes', 'no')),
  page text check (char_length(page) between 1 and 200),
  comment text check (char_length(comment) between 1 and 500)
);

create index feedback_content_hash_idx on public.feedback (content_hash, received_at);
create index feedback_desk_idx on public.feedback (status, received_at);

alter table public.feedback enable row level security;
alter table public.feedback force row level security;

create policy "officers read feedback" on public.feedback
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update feedback" on public.feedback
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

revoke all on public.feedback from public, anon, authenticated, service_role;
grant select on public.feedback to authenticated;
grant update (status) on public.feedback to authenticated;
grant select, insert, update on public.feedback to service_role;

create trigger feedback_limit_officer_update
  before update on public.feedback
  for each row execute function private.limit_officer_update();

create trigger feedback_refuse_api_delete
  before delete or truncate on public.feedback
  for each statement execute function private.refuse_api_delete();

create trigger feedback_is_audited
  after update or delete on public.feedback
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('avis', 'public.feedback');
