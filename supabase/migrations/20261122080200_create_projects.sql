create table public.projects (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('P')
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
  title text not null check (char_length(title) between 1 and 120),
  summary text not null check (char_length(summary) between 1 and 280),
  description text not null check (char_length(description) between 1 and 5000),
  sector text not null check (sector in (
    'agriculture', 'water', 'energy', 'health', 'education', 'training', 'digital', 'crafts_industry',
    'housing_infrastructure', 'environment', 'culture_sport', 'social', 'trade_services', 'tourism', 'other'
  )),
  region text not null check (region in ('maritime', 'plateaux', 'centrale', 'kara', 'savanes')),
  prefecture text not null check (char_length(prefecture) between 1 and 60),
  commune text check (char_length(commune) between 1 and 60),
  stage text not null check (stage in ('idea', 'study', 'ongoing', 'delivered')),
  holder_type text not null check (holder_type in ('person', 'association', 'company', 'local_authority')),
  holder_name text not null check (char_length(holder_name) between 1 and 120),
  residence_country text not null check (residence_country ~ '^[A-Z]{2}$'),
  -- Whole FCFA francs: the currency has no subdivision in use.
  budget_total bigint not null check (budget_total >= 0),
  amount_raised bigint not null default 0 check (amount_raised >= 0),
  needs text[] not null default '{}'
    check (cardinality(needs) <= 10
      and needs <@ array['funding', 'skills', 'local_partner', 'land', 'equipment']),
  skills_sought text[] not null default '{}'
    check (cardinality(skills_sought) <= 10 and char_length(array_to_string(skills_sought, '')) <= 2000),
  start_wanted text check (start_wanted ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  duration_band text check (duration_band in (
    'under_6_months', '6_to_12_months', '1_to_2_years', 'over_2_years'
  )),
  locality_agreement text not null check (locality_agreement in ('yes', 'pending', 'no')),
  email text not null check (char_length(email) between 3 and 254),
  phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  website text check (website ~ '^https?://' and char_length(website) <= 300),
  consent_publication boolean not null check (consent_publication),
  consent_contact boolean not null check (consent_contact),

  -- A published project has an address and a date, or the site could not show it.
  constraint projects_published_check
    check (status <> 'published' or (slug is not null and published_at is not null))
);

create index projects_content_hash_idx on public.projects (content_hash, received_at);
create index projects_follow_up_hash_idx on public.projects (follow_up_hash);
create index projects_desk_idx on public.projects (status, received_at);
