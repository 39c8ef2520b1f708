-- Opening a form is one line: insert into private.forms values ('association', 'public.associations').
create table private.forms (
  slug text primary key,
  target regclass not null unique
);

insert into private.forms (slug, target) values
  ('inscription', 'public.registrations'),
  ('projet', 'public.projects');

-- `bucket` is a keyed hash that rotates daily, never a network address.
create table private.rate_limits (
  bucket text not null,
  window_start timestamptz not null,
  hits int not null,
  primary key (bucket, window_start)
);

create index rate_limits_window_idx on private.rate_limits (window_start);

revoke all on private.forms, private.rate_limits from public, anon, authenticated, service_role;
grant select on private.forms to service_role;
grant select, insert, update, delete on private.rate_limits to service_role;

-- The one door through which the functions store a submission, in one transaction.
--
-- payload: a JSON object whose keys are columns of the form's table, plus two reserved keys:
--   _limiter  keyed hash of the sender's network address (absent: no limit)
--   _limit    how many submissions that sender may have stored in an hour (30 unless told)
-- `payload` is text because one driver of @supabase/lite encodes jsonb arguments twice.
--
-- SECURITY INVOKER: a caller has here only the rights it has everywhere. service_role may read private.forms and
-- insert; anon and authenticated may not, so that even an EXECUTE granted by mistake stores nothing.
create function public.submit_form(form text, payload text)
returns table (reference text, created boolean)
language plpgsql volatile security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  -- What a sender never decides.
  reserved constant text[] := array['id', 'received_at', 'status', 'is_example', 'slug', 'published_at'];
  data jsonb := submit_form.payload::jsonb;
  limiter text := data ->> '_limiter';
  hourly_limit int := coalesce((data ->> '_limit')::int, 30);
  hour timestamptz := date_trunc('hour', now());
  target regclass;
  given_key text;
  hash text;
  key_exists boolean;
  refused text[];
  columns text;
  stored_reference text;
begin
  select f.target into target from private.forms as f where f.slug = submit_form.form;
  if target is null then
    raise exception 'unknown form: %', submit_form.form using errcode = '22023';
  end if;
  if jsonb_typeof(data) is distinct from 'object' then
    raise exception 'the payload is not a JSON object' using errcode = '22023';
  end if;
  data := data - '_limiter' - '_limit';

  select array_agg(k.name order by k.name) into refused
  from jsonb_object_keys(data) as k (name)
  where k.name = any (reserved) or not exists (
    select from pg_catalog.pg_attribute as a
    where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attname = k.name
  );
  if refused is not null then
    raise exception 'columns refused for the form %: %', submit_form.form, array_to_string(refused, ', ')
      using errcode = '22023';
  end if;

  given_key := data ->> 'idempotency_key';
  hash := data ->> 'content_hash';
  if given_key is null or hash is null then
    raise exception 'idempotency_key and content_hash are required' using errcode = '22023';
  end if;

  -- Two copies of one submission arrive at the same moment on two connections: the second must wait here, then
  -- see what the first has stored. Always the key before the content, so that two calls cannot wait for each other.
  perform pg_advisory_xact_lock(hashtextextended(target::text || ' key ' || given_key, 0));
  perform pg_advisory_xact_lock(hashtextextended(target::text || ' content ' || hash, 0));

  -- `skip locked`: cleaning must never make two senders wait for each other.
  delete from private.rate_limits as expired
  where (expired.bucket, expired.window_start) in (
    select old.bucket, old.window_start from private.rate_limits as old
    where old.window_start < now() - interval '24 hours'
    for update skip locked
  );

  execute format(
    'select stored.reference from %s as stored
     where stored.content_hash = $1
       and (stored.idempotency_key in ($2, $2 || '':'' || $1) or stored.received_at > now() - interval ''24 hours'')
     order by stored.received_at limit 1',
    target
  ) into stored_reference using hash, given_key;
  if stored_reference is not null then
    return query select stored_reference, false;
    return;
  end if;

  if limiter is not null then
    insert into private.rate_limits as r (bucket, window_start, hits)
    values (submit_form.form || ':' || limiter, hour, 1)
    on conflict (bucket, window_start) do update set hits = r.hits + 1 where r.hits < hourly_limit;
    if not found or hourly_limit < 1 then
      -- The detail is the number of seconds to announce in Retry-After.
      raise exception 'Trop d’envois depuis cette connexion. Réessayez dans une heure.'
        using errcode = 'PT429',
          detail = ceil(extract(epoch from hour + interval '1 hour' - now()))::int::text;
    end if;
  end if;

  -- The same key with another content is a corrected resend: it is stored, the first one stays.
  execute format('select exists (select from %s as stored where stored.idempotency_key = $1)', target)
    into key_exists using given_key;
  if key_exists then
    data := jsonb_set(data, '{idempotency_key}', to_jsonb(given_key || ':' || hash));
  end if;

  select string_agg(format('%I', k.name), ', ') into columns from jsonb_object_keys(data) as k (name);
  execute format(
    'insert into %1$s (%2$s) select %2$s from pg_catalog.jsonb_populate_record(null::%1$s, $1) returning reference',
    target, columns
  ) into stored_reference using data;

  return query select stored_reference, true;
end
$$;

-- Hosted Supabase grants every new function to the API roles by default.
revoke all on function public.submit_form(text, text) from public, anon, authenticated;
grant execute on function public.submit_form(text, text) to service_role;
