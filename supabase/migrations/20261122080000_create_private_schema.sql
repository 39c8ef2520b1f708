-- What the API uses but never shows. `private` is absent from api.schemas, so PostgREST has no address for it.
-- No table of this schema enables row-level security: @supabase/lite grants a whole schema to `anon` as soon as
-- one of its tables does. Here the grants are the protection, and they are tested.
create schema private;

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

-- A reference is read aloud on the telephone: no letter or digit that looks or sounds like another
-- (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V).
create function private.new_reference(prefix text) returns text
language sql volatile set search_path = ''
as $$
  select prefix || '-' || substr(code, 1, 4) || '-' || substr(code, 5)
  from (
    select string_agg(
      substr('ACDEFGHJKMNPQRTVWXY34679', 1 + get_byte(random.bytes, position) % 24, 1), ''
    ) as code
    from (select uuid_send(gen_random_uuid()) as bytes) as random,
      -- Bytes 6 to 9 of a version 4 UUID carry fixed bits.
      unnest(array[0, 1, 2, 3, 4, 5, 10, 11]) as position
  ) as drawn
$$;

revoke all on function private.new_reference(text) from public;
grant execute on function private.new_reference(text) to service_role;
