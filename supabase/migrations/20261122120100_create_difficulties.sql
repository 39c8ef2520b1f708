-- Difficulties with procedures. Anonymous, unless the person leaves an address to be written to.
create table public.difficulties (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('D')
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

  country text not null check (country ~ '^[A-Z]{2}$'),
  office text not null check (char_length(office) between 1 and 100),
  procedure text not null check (procedure in (
    'passport', 'national_id', 'consular_card', 'laissez_passer', 'nationality', 'criminal_record', 'birth',
    'marriage', 'death', 'visa', 'legalization', 'driving_licence', 'diploma', 'pension', 'customs', 'land', 'vote',
    'other'
  )),
  difficulty text not null check (difficulty in (
    'no_answer', 'delay', 'fee', 'extra_paper', 'refusal', 'unreachable', 'document_error', 'treatment', 'other'
  )),
  month_sent text not null check (month_sent ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  month_received text check (month_received ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  extra_paper text check (char_length(extra_paper) between 1 and 200),
  -- Sealed: people name others, whatever the page asks of them.
  details text check (private.is_protected(details, 'sealed1', 5505)),
  answer_wanted text check (answer_wanted in ('yes', 'no')),
  email text check (private.is_protected(email, 'enc1', 1421)),
  email_index text check (email_index ~ '^[0-9a-f]{64}$'),

  constraint difficulties_email_index_goes_with_email check ((email is null) = (email_index is null))
);

create index difficulties_content_hash_idx on public.difficulties (content_hash, received_at);
create index difficulties_follow_up_hash_idx on public.difficulties (follow_up_hash);
create index difficulties_desk_idx on public.difficulties (status, received_at);
create index difficulties_email_index_idx on public.difficulties (email_index);

alter table public.difficulties enable row level security;
alter table public.difficulties force row level security;

create policy "officers read difficulties" on public.difficulties
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "reviewers update difficulties" on public.difficulties
  for update to authenticated
  using ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'))
  with check ((select private.officer_role()) in ('reviewer', 'publisher', 'admin'));

revoke all on public.difficulties from public, anon, authenticated, service_role;
grant select on public.difficulties to authenticated;
grant update (status) on public.difficulties to authenticated;
grant select, insert, update on public.difficulties to service_role;

create trigger difficulties_limit_officer_update
  before update on public.difficulties
  for each row execute function private.limit_officer_update();

create trigger difficulties_refuse_api_delete
  before delete or truncate on public.difficulties
  for each statement execute function private.refuse_api_delete();

create trigger difficulties_are_audited
  after update or delete on public.difficulties
  for each row execute function private.write_audit('id');

insert into private.forms (slug, target) values ('difficulte', 'public.difficulties');
