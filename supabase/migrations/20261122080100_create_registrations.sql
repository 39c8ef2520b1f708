create table public.registrations (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('I')
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

  first_names text not null check (char_length(first_names) between 1 and 100),
  last_name text not null check (char_length(last_name) between 1 and 100),
  email text not null check (char_length(email) between 3 and 254),
  phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  residence_country text not null check (residence_country ~ '^[A-Z]{2}$'),
  city text not null check (char_length(city) between 1 and 100),
  occupation_family text not null check (occupation_family ~ '^[A-N]([0-9]{2})?$'),
  occupation text not null check (char_length(occupation) between 1 and 120),
  skills text[] not null default '{}'
    check (cardinality(skills) <= 10 and char_length(array_to_string(skills, '')) <= 2000),
  education_level text check (education_level in (
    'none', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'bachelor', 'master', 'doctorate'
  )),
  experience_band text check (experience_band in ('0-2', '3-5', '6-10', '11-20', '21+')),
  languages text[] not null default '{}'
    check (cardinality(languages) <= 10 and char_length(array_to_string(languages, '')) <= 2000),
  availability text[] not null default '{}'
    check (cardinality(availability) <= 10
      and availability <@ array['remote', 'short_mission', 'return', 'none']),
  commitments text[] not null default '{}'
    check (cardinality(commitments) <= 10 and commitments <@ array[
      'teaching', 'medical_mission', 'mentoring', 'investment', 'local_project', 'association'
    ]),
  action_region text check (action_region in ('maritime', 'plateaux', 'centrale', 'kara', 'savanes')),
  -- Without this consent there is nothing to keep: the row must not exist.
  consent_registry boolean not null check (consent_registry),
  consent_contact boolean not null,
  consent_statistics boolean not null
);

create index registrations_content_hash_idx on public.registrations (content_hash, received_at);
create index registrations_follow_up_hash_idx on public.registrations (follow_up_hash);
create index registrations_desk_idx on public.registrations (status, received_at);
