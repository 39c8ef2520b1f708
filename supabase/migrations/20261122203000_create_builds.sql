-- Putting online by itself what officers publish and what leaves the site. The pages are files: each change asks for a
-- build (private.build_requests), and a build answers several requests at once. A request stays until a site that was
-- built after it is the one that people read.
create table private.builds (
  id bigint generated always as identity primary key,
  -- What the built site carries (dist/version.json), and what tells that it is online. It says nothing by itself.
  mark uuid not null unique default gen_random_uuid(),
  -- The oldest of the requests it answers.
  wanted_at timestamptz not null,
  asked_at timestamptz not null,
  -- `asked`: somebody is about to start it; `started`: it was accepted; `live`: the site is online.
  outcome text not null default 'asked' check (outcome in ('asked', 'started', 'live', 'failed')),
  done_at timestamptz,
  -- Why it failed. In words in src/domain/publication.ts.
  code text check (code in ('no_hook', 'hook_refused', 'hook_unreachable', 'not_live', 'build_failed', 'interrupted'))
);

revoke all on private.builds from public, anon, authenticated, service_role;

-- The last build that was asked for it; none: nobody has looked at it yet.
alter table private.build_requests add column build bigint references private.builds (id);

-- Starts a build for every request there is, whatever became of the builds before. The mark is given after the
-- requests were stored: whoever reads it, then the rows, reads all that was asked for.
create function private.begin_build(as_of timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  begun private.builds;
begin
  perform pg_advisory_xact_lock(hashtextextended('builds', 0));
  update private.builds as b set outcome = 'failed', code = 'interrupted', done_at = begin_build.as_of
  where b.outcome in ('asked', 'started');
  insert into private.builds (wanted_at, asked_at)
  values (
    coalesce((select min(r.at) from private.build_requests as r), begin_build.as_of), begin_build.as_of
  )
  returning * into begun;
  update private.build_requests as r set build = begun.id where true;
  delete from private.builds as b
  where b.asked_at < begin_build.as_of - interval '90 days' and b.id <> begun.id;
  return jsonb_build_object('id', begun.id, 'mark', begun.mark, 'wantedAt', begun.wanted_at);
end
$$;

-- The build to start now, or null. One at a time: as long as the last one may still come online (`patience`), there is
-- none. New requests wait until nobody has asked for anything more during `quiet`, `at_most` in all. What failed is
-- tried again after a longer and longer while. Beyond `most_a_day`, one an hour: each build costs, and a stranger may
-- cause some. Without any request, the site is built again after `refresh`: warnings of age are made by builds.
create function private.claim_build(
  as_of timestamptz, quiet interval, at_most interval, patience interval, most_a_day int, refresh interval
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  waits constant interval[] := array['5 minutes', '30 minutes', '2 hours', '6 hours'];
  last private.builds;
  failures int;
  first_new timestamptz;
  last_new timestamptz;
  ready boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('builds', 0));
  select * into last from private.builds as b order by b.id desc limit 1;
  if last.outcome in ('asked', 'started') then
    if last.asked_at > claim_build.as_of - claim_build.patience then
      return null;
    end if;
    update private.builds as b set outcome = 'failed', code = 'not_live', done_at = claim_build.as_of
    where b.id = last.id returning * into last;
  end if;
  if last.asked_at > claim_build.as_of - interval '1 hour' and claim_build.most_a_day <= (
    select count(*) from private.builds as b where b.asked_at > claim_build.as_of - interval '1 day'
  ) then
    return null;
  end if;

  select min(r.at), max(r.at) into first_new, last_new from private.build_requests as r where r.build is null;
  if first_new is not null then
    ready := last_new <= claim_build.as_of - claim_build.quiet or first_new <= claim_build.as_of - claim_build.at_most;
  elsif last.outcome = 'failed' then
    select count(*) into failures from private.builds as b
    where b.id > coalesce((select max(l.id) from private.builds as l where l.outcome = 'live'), 0);
    ready := last.done_at <= claim_build.as_of - waits[least(failures, cardinality(waits))];
  else
    ready := coalesce(last.asked_at, '-infinity') <= claim_build.as_of - claim_build.refresh;
  end if;
  return case when ready then private.begin_build(claim_build.as_of) end;
end
$$;

-- What became of asking: `started`, or `failed` with the reason. Only of the build under way.
create function private.settle_build(build bigint, outcome text, code text, as_of timestamptz) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if settle_build.outcome not in ('started', 'failed') then
    raise exception 'unknown outcome: %', settle_build.outcome using errcode = '22023';
  end if;
  update private.builds as b
  set outcome = settle_build.outcome, code = settle_build.code,
    done_at = case when settle_build.outcome = 'failed' then settle_build.as_of end
  where b.id = settle_build.build and b.outcome in ('asked', 'started');
  return found;
end
$$;

-- A site that carries this mark is online: what was asked for before it was built is done, even when that site took so
-- long that it was called a failure. A site put back by hand carries an older mark, and changes nothing.
create function private.confirm_build(mark uuid, as_of timestamptz) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('builds', 0));
  update private.builds as b set outcome = 'live', code = null, done_at = confirm_build.as_of
  where b.mark = confirm_build.mark and b.outcome <> 'live'
  returning b.id into known;
  delete from private.build_requests as r where r.build <= known;
  return known is not null;
end
$$;

-- JSON as text: one driver of @supabase/lite encodes jsonb twice.
create function public.claim_build() returns text
language sql volatile security invoker set search_path = ''
as $$ select private.claim_build(now(), '3 minutes', '15 minutes', '20 minutes', 20, '7 days')::text $$;

create function public.settle_build(build bigint, outcome text, code text) returns boolean
language sql volatile security invoker set search_path = ''
as $$ select private.settle_build(build, outcome, code, now()) $$;

create function public.confirm_build(mark uuid) returns boolean
language sql volatile security invoker set search_path = ''
as $$ select private.confirm_build(mark, now()) $$;

revoke all on function
  private.begin_build(timestamptz),
  private.claim_build(timestamptz, interval, interval, interval, int, interval),
  private.settle_build(bigint, text, text, timestamptz),
  private.confirm_build(uuid, timestamptz),
  public.claim_build(),
  public.settle_build(bigint, text, text),
  public.confirm_build(uuid)
from public, anon, authenticated, service_role;

grant execute on function
  private.claim_build(timestamptz, interval, interval, interval, int, interval),
  private.settle_build(bigint, text, text, timestamptz),
  private.confirm_build(uuid, timestamptz),
  public.claim_build(),
  public.settle_build(bigint, text, text),
  public.confirm_build(uuid)
to service_role;

-- What a build reads before anything else, and the built site carries. Random: it says neither how many things were
-- published nor when.
create view public.build_mark
with (security_barrier = true, security_invoker = false)
as
select m.mark from (select b.mark from private.builds as b order by b.id desc limit 1) as m;

revoke all on public.build_mark from public, anon, authenticated, service_role;
grant select on public.build_mark to anon, authenticated, service_role;

-- What the desk says of it: the last builds, and what nobody has looked at yet (`waiting`). Private tables belong to
-- nobody's role: the view runs with its owner's rights, and says itself who may read it.
create view public.desk_builds
with (security_barrier = true, security_invoker = false)
as
select l.id, l.outcome, l.wanted_at, l.asked_at, l.done_at, l.code
from (
  (
    select b.id, b.outcome, b.wanted_at, b.asked_at, b.done_at, b.code
    from private.builds as b order by b.id desc limit 20
  )
  union all
  select null, 'waiting', min(r.at), null, null, null
  from private.build_requests as r where r.build is null having count(*) > 0
) as l
where (select private.officer_role()) is not null;

revoke all on public.desk_builds from public, anon, authenticated, service_role;
grant select on public.desk_builds to authenticated;
