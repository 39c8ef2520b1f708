-- What officers decide. They write no table: each decision is one call, which checks the role, the state of the file
-- and what the officer had before their eyes, changes the state, and keeps who decided what and why.
alter table private.forms
  -- Whether the person can be asked for more, and whether the answers can be published.
  add column asks boolean not null default false,
  add column publishes boolean not null default false;

update private.forms set
  asks = slug in ('inscription', 'association', 'projet', 'retour'),
  publishes = slug in ('association', 'projet');

-- One line.
create table public.desk_settings (
  single boolean primary key default true check (single),
  -- Whether what one publisher proposes must be published by another.
  two_publishers boolean not null default false
);

insert into public.desk_settings default values;

create table public.decisions (
  id bigint generated always as identity primary key,
  form text not null check (char_length(form) <= 40),
  row_id uuid not null,
  at timestamptz not null,
  officer uuid not null,
  kind text not null check (kind in (
    'accepted', 'needs_info', 'refused', 'proposed', 'published', 'unpublished', 'released', 'undone'
  )),
  -- In words in src/domain/desk/decisions.ts.
  reason text check (reason in (
    'incomplete', 'unclear', 'proof', 'duplicate', 'off_topic', 'unlawful', 'private_data', 'test', 'outdated', 'asked',
    'mistake', 'other'
  )),
  -- Written to the person, who reads it by their link.
  note text check (char_length(note) between 1 and 1000),
  -- The state of the file before, for whoever changes their mind.
  before jsonb not null,
  after_status text not null,
  -- The address proposed for its page.
  slug text check (char_length(slug) <= 120),
  undoes bigint references public.decisions (id)
);

create index decisions_row_idx on public.decisions (row_id, id);
create index decisions_officer_idx on public.decisions (officer, at);

-- Not forced: the functions below write as the owner, and no policy lets anybody else write.
alter table public.desk_settings enable row level security;
alter table public.decisions enable row level security;

create policy "officers read the settings of the desk" on public.desk_settings
  for select to authenticated
  using ((select private.officer_role()) is not null);

create policy "officers read decisions" on public.decisions
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.desk_settings, public.decisions from public, anon, authenticated, service_role;
grant select on public.desk_settings, public.decisions to authenticated, service_role;

create trigger desk_settings_write_themselves
  before insert or update or delete or truncate on public.desk_settings
  for each statement execute function private.refuse_api_write();

create trigger decisions_write_themselves
  before insert or update or delete or truncate on public.decisions
  for each statement execute function private.refuse_api_write();

-- As before, with the words of closed lists that decisions are made of.
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
        filter (where k.name in ('status', 'role')
          or tg_table_name = 'decisions' and k.name in ('kind', 'reason', 'undoes')
          or tg_table_name = 'desk_settings' and k.name = 'two_publishers'),
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

create trigger decisions_are_audited
  after insert on public.decisions
  for each row execute function private.write_audit('row_id');

create trigger desk_settings_are_audited
  after update on public.desk_settings
  for each row execute function private.write_audit('none');

create function private.forget_decisions() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.decisions where row_id = old.id;
  return null;
end
$$;

create function private.refuse_api_update() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if current_user in ('anon', 'authenticated') then
    raise exception 'Un dossier ne se modifie pas ici : son contenu appartient à la personne qui l’a envoyé, et une décision passe par le bureau.'
      using errcode = '42501';
  end if;
  return null;
end
$$;

revoke all on function private.forget_decisions(), private.refuse_api_update() from public;

-- The doors there were before: an officer changed a state by writing it into the table.
do $$
declare
  known record;
  policy record;
begin
  for known in select f.target, c.relname from private.forms as f join pg_catalog.pg_class as c on c.oid = f.target loop
    for policy in select p.polname from pg_catalog.pg_policy as p where p.polrelid = known.target and p.polcmd = 'w' loop
      execute format('drop policy %I on %s', policy.polname, known.target);
    end loop;
    execute format(
      'drop trigger %2$I on %1$s;
       create trigger desk_refuses_api_update before update on %1$s
         for each statement execute function private.refuse_api_update();
       create trigger desk_forgets after delete on %1$s
         for each row execute function private.forget_decisions();
       revoke update on %1$s from authenticated',
      known.target, known.relname || '_limit_officer_update'
    );
  end loop;
end
$$;

drop function private.limit_officer_update();

-- What an officer had before their eyes, in one word: whoever decides says it again, so that nobody decides on a text
-- that has just been corrected, nor over somebody else's decision.
create function private.seen(row_id uuid, status text, quarantined_at timestamptz) returns text
language sql stable set search_path = ''
as $$
  select concat_ws(':',
    seen.status,
    case when seen.quarantined_at is null then 'ordinary' else 'aside' end,
    coalesce((select max(e.id) from public.submission_events as e where e.row_id = seen.row_id), 0),
    coalesce((select max(d.id) from public.decisions as d where d.row_id = seen.row_id), 0)
  )
$$;

create function private.require_role(allowed text[]) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if coalesce(private.officer_role() = any (allowed), false) is not true then
    raise exception 'Votre rôle ne permet pas de faire cela.' using errcode = '42501';
  end if;
end
$$;

-- Answers what became of it: `done`, `proposed` (another publisher must look), `waiting` (another one still must),
-- `changed` (the file is no longer what the officer saw: nothing was done), `gone`.
create function private.decide(
  form text, reference text, decision text, seen text, reason text, note text, slug text, as_of timestamptz
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  known private.forms;
  stored jsonb;
  status text;
  next_status text;
  proposal public.decisions;
  page text;
  made text := decide.decision;
  made_id bigint;
  written text := nullif(btrim(decide.note), '');
begin
  perform private.require_role(case
    when decide.decision in ('published', 'unpublished') then array['publisher', 'admin']
    else array['reviewer', 'publisher', 'admin']
  end);
  select f.* into known from private.forms as f where f.slug = decide.form;
  if not found then
    raise exception 'Ce formulaire n’existe pas.' using errcode = '22023';
  end if;
  execute format('select to_jsonb(stored) from %s as stored where stored.reference = $1 for update', known.target)
    into stored using decide.reference;
  if stored is null then
    return jsonb_build_object('outcome', 'gone');
  end if;
  status := stored ->> 'status';
  if private.seen((stored ->> 'id')::uuid, status, (stored ->> 'quarantined_at')::timestamptz)
    is distinct from decide.seen then
    return jsonb_build_object('outcome', 'changed');
  end if;

  next_status := case
    when decide.decision = 'accepted' and status in ('received', 'needs_info', 'refused') then 'accepted'
    when decide.decision = 'needs_info' and known.asks and status in ('received', 'needs_info', 'accepted')
      then 'needs_info'
    when decide.decision = 'refused' and status in ('received', 'needs_info', 'accepted') then 'refused'
    when decide.decision = 'published' and known.publishes and status in ('received', 'accepted') then 'published'
    when decide.decision = 'unpublished' and status = 'published' then 'accepted'
    when decide.decision = 'released' and stored ->> 'quarantined_at' is not null then status
  end;
  if next_status is null then
    raise exception 'Cette décision n’est pas possible pour ce dossier, dans son état.' using errcode = '22023';
  end if;
  if stored ->> 'quarantined_at' is not null and decide.decision not in ('released', 'refused') then
    raise exception 'Ce dossier est mis de côté : remettez-le d’abord dans la file.' using errcode = '22023';
  end if;
  if decide.decision in ('needs_info', 'refused', 'unpublished') and decide.reason is null then
    raise exception 'Choisissez une raison.' using errcode = '22023';
  end if;

  if decide.decision = 'published' then
    page := coalesce(decide.slug, stored ->> 'slug');
    if page is null then
      raise exception 'Choisissez l’adresse de la page.' using errcode = '22023';
    end if;
    if (select s.two_publishers from public.desk_settings as s) then
      select d.* into proposal from public.decisions as d
      where d.row_id = (stored ->> 'id')::uuid order by d.id desc limit 1;
      -- A proposal holds as long as nothing else has happened to the file, and for the address it was made for.
      if proposal.kind is distinct from 'proposed' or proposal.slug is distinct from page or exists (
        select from public.submission_events as e where e.row_id = proposal.row_id and e.at > proposal.at
      ) then
        made := 'proposed';
        next_status := status;
      elsif proposal.officer = auth.uid() then
        return jsonb_build_object('outcome', 'waiting');
      end if;
    end if;
  end if;

  begin
    if made in ('published', 'unpublished') then
      execute format(
        'update %s set status = $2, slug = coalesce($3, slug), published_at = $4 where id = $1', known.target
      ) using (stored ->> 'id')::uuid, next_status, page, case when made = 'published' then decide.as_of end;
    elsif made = 'released' then
      execute format('update %s set quarantined_at = null where id = $1', known.target) using (stored ->> 'id')::uuid;
    elsif made = 'proposed' then
      -- Refused now rather than to the one who comes second.
      execute format('update %s set slug = $2 where id = $1', known.target) using (stored ->> 'id')::uuid, page;
    else
      execute format('update %s set status = $2 where id = $1', known.target)
        using (stored ->> 'id')::uuid, next_status;
    end if;
  exception
    when unique_violation then
      raise exception 'Une autre page a déjà cette adresse : choisissez-en une autre.' using errcode = '22023';
    when check_violation then
      raise exception 'Cette adresse ne convient pas : des lettres minuscules sans accent, des chiffres et des tirets.'
        using errcode = '22023';
  end;

  insert into public.decisions (form, row_id, at, officer, kind, reason, note, before, after_status, slug)
  values (
    known.slug, (stored ->> 'id')::uuid, decide.as_of, auth.uid(), made, decide.reason, written,
    jsonb_build_object(
      'status', status, 'quarantined_at', stored -> 'quarantined_at',
      'slug', stored -> 'slug', 'published_at', stored -> 'published_at'
    ),
    next_status, page
  )
  returning id into made_id;
  return jsonb_build_object(
    'outcome', case when made = 'proposed' then 'proposed' else 'done' end, 'decision', made_id, 'status', next_status
  );
end
$$;

-- Within ten minutes, by whoever decided or by an admin, as long as nothing has happened to the file since.
-- Answers `done`, `late` or `changed`.
create function private.undo_decision(decision bigint, as_of timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  made public.decisions;
  known private.forms;
  current_status text;
begin
  perform private.require_role(array['reviewer', 'publisher', 'admin']);
  select d.* into made from public.decisions as d where d.id = undo_decision.decision;
  if not found or made.kind = 'undone' then
    raise exception 'Cette décision ne s’annule pas.' using errcode = '22023';
  end if;
  if made.officer <> auth.uid() then
    perform private.require_role(array['admin']);
  end if;
  if made.kind in ('published', 'unpublished', 'proposed') then
    perform private.require_role(array['publisher', 'admin']);
  end if;
  if undo_decision.as_of > made.at + interval '10 minutes' then
    return jsonb_build_object('outcome', 'late');
  end if;
  select f.* into known from private.forms as f where f.slug = made.form;
  execute format('select stored.status from %s as stored where stored.id = $1 for update', known.target)
    into current_status using made.row_id;
  if current_status is distinct from made.after_status
    or exists (select from public.decisions as d where d.row_id = made.row_id and d.id > made.id)
    or exists (
      select from public.submission_events as e
      where e.row_id = made.row_id and e.actor = 'person' and e.at > made.at
    ) then
    return jsonb_build_object('outcome', 'changed');
  end if;

  execute format(
    'update %s set status = $2, quarantined_at = $3 %s where id = $1', known.target,
    case when known.publishes then ', slug = $4, published_at = $5' else '' end
  ) using made.row_id, made.before ->> 'status', (made.before ->> 'quarantined_at')::timestamptz,
    made.before ->> 'slug', (made.before ->> 'published_at')::timestamptz;
  insert into public.decisions (form, row_id, at, officer, kind, before, after_status, undoes)
  values (
    made.form, made.row_id, undo_decision.as_of, auth.uid(), 'undone',
    jsonb_build_object('status', current_status), made.before ->> 'status', made.id
  );
  return jsonb_build_object('outcome', 'done', 'status', made.before ->> 'status');
end
$$;

create function private.set_two_publishers(wanted boolean) returns void
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform private.require_role(array['admin']);
  update public.desk_settings set two_publishers = wanted where true;
end
$$;

-- Makes an officer of an account, or changes their role. For the command that creates officers.
create function private.name_officer(email text, role text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  account uuid;
begin
  select u.id into account from auth.users as u where lower(u.email) = lower(name_officer.email);
  if account is null then
    return 'no_account';
  end if;
  insert into public.officers as o (user_id, role)
  values (account, coalesce(
    name_officer.role,
    case when exists (select from public.officers) then 'reader' else 'admin' end
  ))
  on conflict (user_id) do update set role = coalesce(name_officer.role, o.role);
  return (select o.role from public.officers as o where o.user_id = account);
end
$$;

-- The doors: JSON as text, since one driver of @supabase/lite encodes jsonb twice. None takes the time it is.
create function public.decide(
  form text, reference text, decision text, seen text, reason text default null, note text default null,
  slug text default null
) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.decide(form, reference, decision, seen, reason, note, slug, now())::text $$;

create function public.undo_decision(decision bigint) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.undo_decision(decision, now())::text $$;

create function public.set_two_publishers(wanted boolean) returns void
language sql volatile security invoker set search_path = ''
as $$ select private.set_two_publishers(wanted) $$;

create function public.name_officer(email text, role text default null) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.name_officer(email, role) $$;

revoke all on function
  private.seen(uuid, text, timestamptz),
  private.require_role(text[]),
  private.decide(text, text, text, text, text, text, text, timestamptz),
  private.undo_decision(bigint, timestamptz),
  private.set_two_publishers(boolean),
  private.name_officer(text, text),
  public.decide(text, text, text, text, text, text, text),
  public.undo_decision(bigint),
  public.set_two_publishers(boolean),
  public.name_officer(text, text)
from public, anon, authenticated, service_role;

grant execute on function
  private.seen(uuid, text, timestamptz),
  private.decide(text, text, text, text, text, text, text, timestamptz),
  private.undo_decision(bigint, timestamptz),
  private.set_two_publishers(boolean),
  public.decide(text, text, text, text, text, text, text),
  public.undo_decision(bigint),
  public.set_two_publishers(boolean)
to authenticated;

grant execute on function private.name_officer(text, text), public.name_officer(text, text) to service_role;
