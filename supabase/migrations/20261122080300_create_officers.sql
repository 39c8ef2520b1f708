create table public.officers (
  user_id uuid primary key references auth.users (id) on delete cascade,
  -- Each role includes the rights of those before it.
  role text not null check (role in ('reader', 'reviewer', 'publisher', 'admin')),
  created_at timestamptz not null default now()
);

-- Not forced: officer_role() below reads this table as its owner, and a policy of this table calls officer_role().
alter table public.officers enable row level security;

-- SECURITY DEFINER because a policy that read `officers` under the caller's own rights would call itself.
create function private.officer_role() returns text
language sql stable security definer set search_path = ''
as $$
  select officer.role from public.officers as officer where officer.user_id = auth.uid()
$$;

revoke all on function private.officer_role() from public;
grant execute on function private.officer_role() to authenticated, service_role;

-- The desk must know what to show to the person who has just signed in.
create policy "an officer reads their own role" on public.officers
  for select to authenticated
  using (user_id = (select auth.uid()));

create policy "an admin reads every officer" on public.officers
  for select to authenticated
  using ((select private.officer_role()) = 'admin');

revoke all on public.officers from public, anon, authenticated, service_role;
grant select on public.officers to authenticated;
grant select, insert, update on public.officers to service_role;
