-- submit_form erases old counters in passing; this is for the days when nobody sends anything.
create function public.purge_rate_limits() returns int
language sql volatile security invoker set search_path = ''
as $$
  with erased as (
    delete from private.rate_limits where window_start < now() - interval '24 hours' returning 1
  )
  select count(*)::int from erased
$$;

revoke all on function public.purge_rate_limits() from public, anon, authenticated;
grant execute on function public.purge_rate_limits() to service_role;
