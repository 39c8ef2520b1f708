-- A project lives: its holder says, by the follow-up link, where it has got. Each piece of news is read by an officer
-- before anybody else, as a form is: accepted, it is shown on the project's page at the next build.
create table public.project_updates (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique default private.new_reference('N')
    check (char_length(reference) between 4 and 40),
  received_at timestamptz not null default now(),
  status text not null default 'received' check (status in ('received', 'accepted', 'refused')),
  follow_up_hash text check (char_length(follow_up_hash) <= 128),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 300),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  form_version text not null check (char_length(form_version) between 1 and 40),
  consent_at timestamptz not null,
  is_example boolean not null default false,
  -- Whoever holds a link is no robot: nothing is put aside.
  quarantined_at timestamptz check (quarantined_at is null),
  quarantine_reasons text[] not null default '{}' check (quarantine_reasons = '{}'),

  -- Goes with its project: see private.forget_project.
  project_id uuid not null,
  stage text not null check (stage in ('idea', 'study', 'ongoing', 'delivered', 'in_service')),
  body text not null check (char_length(body) between 1 and 1500),
  -- Whole FCFA francs, since the beginning of the project. Null: not said.
  amount_received bigint check (amount_received >= 0),
  amount_spent bigint check (amount_spent >= 0),
  picture text check (char_length(picture) between 1 and 300)
);

create index project_updates_project_idx on public.project_updates (project_id, received_at);
create index project_updates_content_hash_idx on public.project_updates (content_hash, received_at);
create index project_updates_desk_idx on public.project_updates (status, received_at);

alter table public.project_updates enable row level security;
alter table public.project_updates force row level security;

create policy "officers read project updates" on public.project_updates
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.project_updates from public, anon, authenticated, service_role;
grant select on public.project_updates to authenticated;
grant select, insert, update on public.project_updates to service_role;

create trigger desk_refuses_api_update
  before update on public.project_updates
  for each statement execute function private.refuse_api_update();

create trigger desk_forgets
  after delete on public.project_updates
  for each row execute function private.forget_decisions();

create trigger project_updates_refuse_api_delete
  before delete or truncate on public.project_updates
  for each statement execute function private.refuse_api_delete();

create trigger project_updates_are_audited
  after update or delete on public.project_updates
  for each row execute function private.write_audit('id');

-- Each form has its table here, this one too: officers decide on it by the same door. People do not send it by
-- submit_form, but with the link of their project.
insert into private.forms (slug, target) values ('nouvelle', 'public.project_updates');

-- As long as it is shown it is kept: a project without its past would be worth little.
insert into private.retention (form, months, counted_from, while_published, closed_months)
values ('nouvelle', 12, 'received', true, 6);

-- One more state in which a project may be.
alter table public.projects
  drop constraint projects_stage_check,
  add constraint projects_stage_check check (stage in ('idea', 'study', 'ongoing', 'delivered', 'in_service'));

-- The pages are files: what enters or leaves one of them does so at the next build.
create function private.request_build_with_news() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (old.status = 'accepted') <> (new.status = 'accepted')
    and exists (select from public.projects as p where p.id = new.project_id and p.status = 'published') then
    insert into private.build_requests (reason)
    values (case when new.status = 'accepted' then 'published' else 'unpublished' end);
  end if;
  return null;
end
$$;

revoke all on function private.request_build_with_news() from public;

create trigger project_updates_request_builds
  after update on public.project_updates
  for each row execute function private.request_build_with_news();

-- What the holder of a link says of their project. Answers as the other functions of the follow-up do; besides `done`:
-- `closed` (the project is not in the catalogue: there is nobody to tell), `full` (five already wait to be read).
-- payload: the columns of the form. `fingerprint` tells the same news sent twice, which is stored once.
create function private.follow_up_news(link_hash text, payload text, fingerprint text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
  data constant jsonb := payload::jsonb;
begin
  if followed.id is null then
    return null;
  end if;
  if followed.form <> 'projet' or not exists (
    select from public.projects as p
    where p.id = followed.id and p.status = 'published' and p.quarantined_at is null
  ) then
    return private.answer_follow_up('closed', followed);
  end if;
  if exists (
    select from public.project_updates as u
    where u.project_id = followed.id and u.content_hash = follow_up_news.fingerprint
      and u.received_at > now() - interval '1 day'
  ) then
    return private.answer_follow_up('done', followed);
  end if;
  if (select count(*) from public.project_updates as u
    where u.project_id = followed.id and u.status = 'received') >= 5 then
    return private.answer_follow_up('full', followed);
  end if;
  insert into public.project_updates (
    project_id, idempotency_key, content_hash, form_version, consent_at,
    stage, body, amount_received, amount_spent, picture
  )
  values (
    followed.id, gen_random_uuid()::text, follow_up_news.fingerprint, data ->> 'form_version', now(),
    data ->> 'stage', data ->> 'body', (data ->> 'amount_received')::bigint, (data ->> 'amount_spent')::bigint,
    data ->> 'picture'
  );
  return private.answer_follow_up('done', followed);
end
$$;

-- Takes one piece of news back, read or not: what somebody said of their project is theirs.
create function private.follow_up_unsay(link_hash text, reference text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
  gone public.project_updates;
begin
  if followed.id is null then
    return null;
  end if;
  delete from public.project_updates as u
  where u.project_id = followed.id and u.reference = follow_up_unsay.reference
  returning u.* into gone;
  if gone.status = 'accepted' then
    insert into private.build_requests (reason) values ('erased');
  end if;
  if gone.id is not null then
    insert into public.erasures (form, reason) values ('nouvelle', 'person');
  end if;
  return private.answer_follow_up('done', followed);
end
$$;

create function public.follow_up_news(link_hash text, payload text, fingerprint text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_news(link_hash, payload, fingerprint, limiter) $$;

create function public.follow_up_unsay(link_hash text, reference text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_unsay(link_hash, reference, limiter) $$;

revoke all on function
  private.follow_up_news(text, text, text, text), public.follow_up_news(text, text, text, text),
  private.follow_up_unsay(text, text, text), public.follow_up_unsay(text, text, text)
from public, anon, authenticated, service_role;
grant execute on function
  private.follow_up_news(text, text, text, text), public.follow_up_news(text, text, text, text),
  private.follow_up_unsay(text, text, text), public.follow_up_unsay(text, text, text)
to service_role;
