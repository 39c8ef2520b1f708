-- The build asks about the testimonies it has, instead of reading every code that was ever used: a list would let
-- anybody count the withdrawals, however few. Whoever asks must already know a fingerprint, and learns only what the
-- site itself shows by leaving that testimony out.
create function public.withdrawn_among(hashes text) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  asked text[] := string_to_array(hashes, ',');
  used text[];
begin
  if cardinality(asked) not between 1 and 200
    or exists (select 1 from unnest(asked) as a (hash) where a.hash !~ '^[0-9a-f]{64}$')
  then
    raise exception 'between 1 and 200 fingerprints, parted by commas' using errcode = '22023';
  end if;
  select array_agg(distinct a.hash) into used
  from unnest(asked) as a (hash)
  join public.testimony_withdrawals as w
    on encode(sha256(decode(w.code, 'escape')), 'hex') = a.hash and not w.is_example;
  -- One text, which no server cuts short, with the number of fingerprints it answers for.
  return jsonb_build_object('asked', cardinality(asked), 'withdrawn', coalesce(to_jsonb(used), '[]'))::text;
end
$$;

revoke all on function public.withdrawn_among(text) from public, anon, authenticated, service_role;
grant execute on function public.withdrawn_among(text) to anon, authenticated, service_role;

-- Robots may leave many codes: a question stays one look for each testimony.
create index testimony_withdrawals_code_hash_idx on public.testimony_withdrawals
  (encode(sha256(decode(code, 'escape')), 'hex'));

drop view public.withdrawn_testimonies;
