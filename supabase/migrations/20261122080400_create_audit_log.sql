create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor uuid,
  action text not null check (action in ('insert', 'update', 'delete')),
  table_name text not null,
  row_id uuid,
  detail jsonb not null default '{}'
);

-- Not forced: private.write_audit() inserts as the owner, and no policy lets anybody else insert.
alter table public.audit_log enable row level security;

create policy "an admin reads the audit log" on public.audit_log
  for select to authenticated
  using ((select private.officer_role()) = 'admin');

revoke all on public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;

create function private.refuse_audit_rewrite() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'Le journal ne se modifie pas et ne s’efface pas.' using errcode = '42501';
end
$$;

create trigger audit_log_is_append_only
  before update or delete or truncate on public.audit_log
  for each statement execute function private.refuse_audit_rewrite();

-- service_role bypasses row-level security, and some platforms grant it every table again: without this trigger
-- whoever holds the secret key could forge entries. write_audit() inserts as the owner and passes.
create function private.refuse_forged_audit() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if current_user in ('anon', 'authenticated', 'service_role') then
    raise exception 'Le journal s’écrit tout seul.' using errcode = '42501';
  end if;
  return null;
end
$$;

create trigger audit_log_writes_itself
  before insert on public.audit_log
  for each statement execute function private.refuse_forged_audit();

-- Records who changed which columns, never what a person wrote: only the values of closed lists and addresses of
-- pages are kept, so that erasing a submission leaves nothing personal here.
create function private.write_audit() returns trigger
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
        filter (where k.name in ('status', 'slug', 'role')),
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

revoke all on function private.write_audit() from public;

create trigger officers_are_audited
  after insert or update or delete on public.officers
  for each row execute function private.write_audit('user_id');

create trigger registrations_are_audited
  after update or delete on public.registrations
  for each row execute function private.write_audit('id');

create trigger projects_are_audited
  after update or delete on public.projects
  for each row execute function private.write_audit('id');
