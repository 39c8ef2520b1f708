-- The audit log, line by line, in a chain: each link holds the fingerprint of its line together with the link before.
-- The triggers stop whoever comes through the API; the chain shows what the owner of the database, or somebody who
-- took their place, has changed since. `npm run journal` reads it again.
create table public.audit_chain (
  position bigint primary key check (position > 0),
  entry bigint not null unique,
  previous text not null check (previous ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$')
);

-- Not forced, as audit_log: written by its owner's function only.
alter table public.audit_chain enable row level security;

create policy "an admin reads the audit chain" on public.audit_chain
  for select to authenticated
  using ((select private.officer_role()) = 'admin');

revoke all on public.audit_chain from public, anon, authenticated, service_role;
grant select on public.audit_chain to authenticated, service_role;

-- One text for one line, whatever the settings of whoever reads it.
create function private.audit_line(entry public.audit_log) returns text
language sql stable set search_path = ''
as $$
  select jsonb_build_array(
    entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.actor, entry.action,
    entry.table_name, entry.row_id, entry.detail
  )::text
$$;

create function private.audit_hash(previous text, line text) returns text
language sql immutable set search_path = ''
as $$
  select encode(sha256(convert_to(audit_hash.previous || chr(10) || audit_hash.line, 'UTF8')), 'hex')
$$;

create function private.add_link(entry public.audit_log) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  last public.audit_chain;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit chain', 0));
  select * into last from public.audit_chain as c order by c.position desc limit 1;
  insert into public.audit_chain (position, entry, previous, hash)
  values (
    coalesce(last.position, 0) + 1,
    entry.id,
    coalesce(last.hash, repeat('0', 64)),
    private.audit_hash(coalesce(last.hash, repeat('0', 64)), private.audit_line(entry))
  );
end
$$;

create function private.chain_audit() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.add_link(new);
  return null;
end
$$;

revoke all on function
  private.audit_line(public.audit_log),
  private.audit_hash(text, text),
  private.add_link(public.audit_log),
  private.chain_audit()
from public, anon, authenticated, service_role;
grant execute on function private.audit_line(public.audit_log), private.audit_hash(text, text)
  to authenticated, service_role;

-- What was written before the chain existed.
do $$
declare
  entry public.audit_log;
begin
  for entry in select * from public.audit_log order by id loop
    perform private.add_link(entry);
  end loop;
end
$$;

-- At the very end of the transaction, when it waits for nothing else any more: links are added one at a time, and
-- two people at work must not wait for each other.
create constraint trigger audit_log_is_chained
  after insert on public.audit_log
  deferrable initially deferred
  for each row execute function private.chain_audit();

create trigger audit_chain_is_append_only
  before update or delete or truncate on public.audit_chain
  for each statement execute function private.refuse_audit_rewrite();

create trigger audit_chain_writes_itself
  before insert on public.audit_chain
  for each statement execute function private.refuse_forged_audit();

-- The links that follow a position, with their lines as they are now: whoever verifies computes the fingerprints on
-- another machine. `line` is null when the line is gone.
create function public.audit_links(after bigint, wanted int)
returns table (link bigint, entry bigint, previous text, hash text, line text)
language sql stable security invoker set search_path = ''
as $$
  select c.position, c.entry, c.previous, c.hash, case when a.id is not null then private.audit_line(a) end
  from public.audit_chain as c
  left join public.audit_log as a on a.id = c.entry
  where c.position > audit_links.after
  order by c.position
  limit least(audit_links.wanted, 1000)
$$;

-- The same work in the database, for the desk: the first link that does not hold, and how many lines have none.
create function public.verify_audit_log() returns text
language sql stable security invoker set search_path = ''
as $$
  with links as (
    select c.position, c.hash,
      c.position = row_number() over (order by c.position)
        and c.previous = coalesce(lag(c.hash) over (order by c.position), repeat('0', 64))
        and coalesce(c.hash = private.audit_hash(c.previous, private.audit_line(a)), false) as holds
    from public.audit_chain as c
    left join public.audit_log as a on a.id = c.entry
  )
  select jsonb_build_object(
    'links', count(*),
    'head', (array_agg(l.hash order by l.position desc))[1],
    'broken', min(l.position) filter (where not l.holds),
    'unlinked', (
      select count(*) from public.audit_log as a
      where not exists (select from public.audit_chain as c where c.entry = a.id)
    )
  )::text
  from links as l
$$;

revoke all on function public.audit_links(bigint, int), public.verify_audit_log()
  from public, anon, authenticated, service_role;
grant execute on function public.audit_links(bigint, int), public.verify_audit_log()
  to authenticated, service_role;
