-- From here on the database alone reveals nobody: e-mail addresses come encrypted from the functions, names and
-- telephone numbers sealed to the officers' key. The database holds no key, and refuses clear text.
create function private.is_protected(value text, scheme text, longest int) returns boolean
language sql immutable parallel safe set search_path = ''
as $$
  select value ~ ('^' || scheme || '\.[0-9a-f]{12}\.[A-Za-z0-9_-]+$') and char_length(value) <= longest
$$;

-- Nothing here can encrypt what is already stored in clear text, and throwing people's answers away is not this
-- file's to decide. The service has not opened yet: such rows are trials.
do $$ begin
  if exists (select from public.registrations where not is_example)
    or exists (select from public.projects where not is_example) then
    raise exception 'Cette base contient des réponses en clair. Sur un ordinateur, supprimez le dossier de données (.data). En ligne, exportez ces lignes, puis effacez-les.';
  end if;
end $$;

alter table public.registrations
  drop constraint registrations_first_names_check,
  drop constraint registrations_last_name_check,
  drop constraint registrations_email_check,
  drop constraint registrations_phone_check,
  alter column first_names drop not null,
  alter column last_name drop not null,
  alter column email drop not null;

alter table public.projects
  drop constraint projects_email_check,
  drop constraint projects_phone_check,
  alter column email drop not null;

-- The demonstration rows are nobody's, and the seed has no key.
update public.registrations set first_names = null, last_name = null, email = null, phone = null;
update public.projects set email = null, phone = null;

-- `email_index` is a keyed hash of the address: it finds the rows of a person who gives their address again.
alter table public.registrations
  add column email_index text check (email_index ~ '^[0-9a-f]{64}$'),
  add constraint registrations_first_names_check check (private.is_protected(first_names, 'sealed1', 727)),
  add constraint registrations_last_name_check check (private.is_protected(last_name, 'sealed1', 727)),
  add constraint registrations_email_check check (private.is_protected(email, 'enc1', 1421)),
  add constraint registrations_phone_check check (private.is_protected(phone, 'sealed1', 215)),
  add constraint registrations_identity_check check (
    is_example or (first_names is not null and last_name is not null and email is not null)
  ),
  add constraint registrations_email_index_goes_with_email check ((email is null) = (email_index is null));

alter table public.projects
  add column email_index text check (email_index ~ '^[0-9a-f]{64}$'),
  add constraint projects_email_check check (private.is_protected(email, 'enc1', 1421)),
  add constraint projects_phone_check check (private.is_protected(phone, 'sealed1', 215)),
  add constraint projects_identity_check check (is_example or email is not null),
  add constraint projects_email_index_goes_with_email check ((email is null) = (email_index is null));

create index registrations_email_index_idx on public.registrations (email_index);
create index projects_email_index_idx on public.projects (email_index);
