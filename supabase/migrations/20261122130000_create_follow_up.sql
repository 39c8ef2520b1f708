-- Following up a submission without an account. Whoever holds the link of a row may see, correct, add to, withdraw
-- and erase it. The row keeps a fingerprint of the link's secret part only (`follow_up_hash`).

-- What happened to a submission, for the person who sent it. Nothing here is personal, nor written by anybody.
create table public.submission_events (
  id bigint generated always as identity primary key,
  form text not null check (char_length(form) <= 40),
  row_id uuid not null,
  at timestamptz not null default now(),
  kind text not null check (kind in (
    'received', 'needs_info', 'accepted', 'published', 'refused', 'withdrawn', 'corrected', 'added'
  )),
  actor text not null check (actor in ('person', 'team')),
  -- Of a correction or a message: tells the same one sent twice from another one. A keyed hash.
  fingerprint text check (fingerprint ~ '^[0-9a-f]{64}$')
);

create index submission_events_row_idx on public.submission_events (row_id, id);

-- What a person adds after sending, sealed to the officers.
create table public.submission_messages (
  id uuid primary key default gen_random_uuid(),
  form text not null check (char_length(form) <= 40),
  row_id uuid not null,
  at timestamptz not null default now(),
  body text not null check (private.is_protected(body, 'sealed1', 5505))
);

create index submission_messages_row_idx on public.submission_messages (row_id, at);

-- All that remains of an erased submission: that there was one.
create table public.erasures (
  id bigint generated always as identity primary key,
  form text not null check (char_length(form) <= 40),
  day date not null default current_date,
  reason text not null check (reason in ('person', 'retention', 'officer'))
);

-- The pages are files: what enters or leaves the catalogue does so at the next build of the site.
create table private.build_requests (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  reason text not null check (reason in ('published', 'unpublished', 'erased'))
);

revoke all on private.build_requests from public, anon, authenticated, service_role;

-- Not forced: the functions below write as the owner, and no policy lets anybody else write.
alter table public.submission_events enable row level security;
alter table public.submission_messages enable row level security;
alter table public.erasures enable row level security;

create policy "officers read events" on public.submission_events
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "officers read messages" on public.submission_messages
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "officers read erasures" on public.erasures
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.submission_events, public.submission_messages, public.erasures
  from public, anon, authenticated, service_role;
grant select on public.submission_events, public.submission_messages, public.erasures
  to authenticated, service_role;

-- The policies above do not hold the secret key, and some platforms grant it every table again.
create function private.refuse_api_write() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if current_user in ('anon', 'authenticated', 'service_role') then
    raise exception 'Cette table s’écrit toute seule.' using errcode = '42501';
  end if;
  return null;
end
$$;

create trigger submission_events_write_themselves
  before insert or update or delete or truncate on public.submission_events
  for each statement execute function private.refuse_api_write();

create trigger submission_messages_write_themselves
  before insert or update or delete or truncate on public.submission_messages
  for each statement execute function private.refuse_api_write();

create trigger erasures_write_themselves
  before insert on public.erasures
  for each statement execute function private.refuse_api_write();

create trigger erasures_are_append_only
  before update or delete or truncate on public.erasures
  for each statement execute function private.refuse_audit_rewrite();

-- The argument is the form's slug. `guide.actor` is only set by the functions behind the link.
create function private.record_status() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  by_person constant boolean := tg_op = 'INSERT' or current_setting('guide.actor', true) = 'person';
begin
  if new.is_example then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    -- Going back to the queue is said by what the person did: their correction, or their message.
    if new.status = old.status or (by_person and new.status = 'received') then
      return null;
    end if;
  end if;
  insert into public.submission_events (form, row_id, kind, actor)
  values (tg_argv[0], new.id, new.status, case when by_person then 'person' else 'team' end);
  return null;
end
$$;

-- However a row goes, by its author, by its age or by hand, what was about it goes with it.
create function private.forget_submission() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.submission_events where row_id = old.id;
  delete from public.submission_messages where row_id = old.id;
  return null;
end
$$;

create function private.request_build() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    if old.status = 'published' then
      insert into private.build_requests (reason) values ('erased');
    end if;
  elsif (old.status = 'published') <> (new.status = 'published') then
    insert into private.build_requests (reason)
    values (case when new.status = 'published' then 'published' else 'unpublished' end);
  end if;
  return null;
end
$$;

revoke all on function private.refuse_api_write(), private.record_status(), private.forget_submission(),
  private.request_build() from public;

create trigger projects_request_builds
  after update or delete on public.projects
  for each row execute function private.request_build();

create trigger associations_request_builds
  after update or delete on public.associations
  for each row execute function private.request_build();

alter table private.forms add column follow_up boolean not null default false;

-- Gives a form its follow-up. Its table must have the common columns, and `withdrawn` among its states.
create function private.enable_follow_up(form text) returns void
language plpgsql set search_path = ''
as $$
declare
  known private.forms;
begin
  update private.forms as f set follow_up = true where f.slug = enable_follow_up.form returning * into strict known;
  execute format(
    'create unique index on %s (follow_up_hash);
     alter table %1$s add check (follow_up_hash ~ ''^[0-9a-f]{64}$'');
     create trigger follow_up_records_status after insert or update on %1$s
       for each row execute function private.record_status(%2$L);
     create trigger follow_up_forgets after delete on %1$s
       for each row execute function private.forget_submission()',
    known.target, known.slug
  );
end
$$;

revoke all on function private.enable_follow_up(text) from public;

-- A unique index replaces each of these.
drop index public.registrations_follow_up_hash_idx, public.projects_follow_up_hash_idx,
  public.associations_follow_up_hash_idx, public.difficulties_follow_up_hash_idx,
  public.return_requests_follow_up_hash_idx;

alter table public.difficulties
  drop constraint difficulties_status_check,
  add constraint difficulties_status_check check (status in ('received', 'accepted', 'refused', 'withdrawn'));

select private.enable_follow_up(slug)
from unnest(array['inscription', 'projet', 'association', 'difficulte', 'retour']) as followed (slug);

-- As before, but the address of a page is no longer kept: it is made of the words of whoever wrote the project, and
-- must go when the project is erased.
create or replace function private.write_audit() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  before_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
  after_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
  key_column text := tg_argv[0];
  changed jsonb;
  kept jsonb;
begin
  select
    coalesce(jsonb_agg(k.name order by k.name), '[]'),
    coalesce(
      jsonb_object_agg(k.name, jsonb_build_array(before_row -> k.name, after_row -> k.name))
        filter (where k.name in ('status', 'role')),
      '{}'
    )
  into changed, kept
  from jsonb_object_keys(before_row || after_row) as k (name)
  where before_row -> k.name is distinct from after_row -> k.name;

  if tg_op = 'UPDATE' and jsonb_array_length(changed) = 0 then
    return null;
  end if;

  insert into public.audit_log (actor, action, table_name, row_id, detail)
  values (
    auth.uid(),
    lower(tg_op),
    tg_table_name,
    coalesce(after_row ->> key_column, before_row ->> key_column)::uuid,
    jsonb_build_object('as', current_setting('role', true), 'values', kept)
      || case when tg_op = 'UPDATE' then jsonb_build_object('changed', changed) else '{}' end
  );
  return null;
end
$$;
