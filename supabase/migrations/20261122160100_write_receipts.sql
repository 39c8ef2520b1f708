-- As before, and with the reserved key `_mail` (true: a mail server is set) it writes, with the row, the line of the
-- letter that says it has arrived, when the row holds an address.
create or replace function public.submit_form(form text, payload text)
returns table (reference text, created boolean, link_key text, quarantined boolean)
language plpgsql volatile security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  -- What a sender never decides.
  reserved constant text[] := array[
    'id', 'received_at', 'status', 'is_example', 'slug', 'published_at', 'confirmed_at', 'mail_stopped_at'
  ];
  data jsonb := submit_form.payload::jsonb;
  limiter text := data ->> '_limiter';
  hourly_limit int := coalesce((data ->> '_limit')::int, 30);
  mail constant boolean := coalesce((data ->> '_mail')::boolean, false);
  aside constant boolean := data ->> 'quarantined_at' is not null;
  target regclass;
  ceiling int;
  given_key text;
  hash text;
  key_exists boolean;
  refused text[];
  columns text;
  stored record;
begin
  select f.target, f.hourly_ceiling into target, ceiling from private.forms as f where f.slug = submit_form.form;
  if target is null then
    raise exception 'unknown form: %', submit_form.form using errcode = '22023';
  end if;
  if jsonb_typeof(data) is distinct from 'object' then
    raise exception 'the payload is not a JSON object' using errcode = '22023';
  end if;
  data := data - '_limiter' - '_limit' - '_mail';

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
    'select stored.id, stored.reference, stored.quarantined_at is not null as aside,
       case when stored.follow_up_hash = $3
         or (stored.follow_up_hash is not null and stored.received_at > now() - interval ''1 hour'')
         then stored.idempotency_key
       end as link_key
     from %s as stored
     where stored.content_hash = $1
       and (
         stored.idempotency_key in ($2, $2 || '':'' || $1)
         or (
           stored.received_at > now() - interval ''24 hours''
           -- What was withdrawn or corrected since is not what is being sent: this is a new sending.
           and stored.status <> ''withdrawn''
           and not exists (
             select from public.submission_events as e where e.row_id = stored.id and e.kind = ''corrected''
           )
         )
       )
     order by stored.received_at limit 1',
    target
  ) into stored using hash, given_key, data ->> 'follow_up_hash';
  if stored.reference is not null then
    if stored.aside and not aside then
      execute format('update %s set quarantined_at = null where id = $1', target) using stored.id;
    end if;
    return query select stored.reference, false, stored.link_key, stored.aside and aside;
    return;
  end if;

  -- Always in this order, so that two senders cannot wait for each other.
  if limiter is not null then
    perform private.spend(submit_form.form || ':' || limiter, hourly_limit);
    perform private.spend('formulaires:' || limiter, 60);
  end if;
  perform private.spend(
    'total:' || submit_form.form || case when aside then ':quarantaine' else '' end, ceiling, 'form'
  );

  -- The same key with another content is a corrected resend: it is stored, the first one stays.
  execute format('select exists (select from %s as stored where stored.idempotency_key = $1)', target)
    into key_exists using given_key;
  if key_exists then
    data := jsonb_set(data, '{idempotency_key}', to_jsonb(given_key || ':' || hash));
  end if;

  select string_agg(format('%I', k.name), ', ') into columns from jsonb_object_keys(data) as k (name);
  execute format(
    'insert into %1$s (%2$s) select %2$s from pg_catalog.jsonb_populate_record(null::%1$s, $1)
     returning id, reference, case when follow_up_hash is not null then idempotency_key end as link_key',
    target, columns
  ) into stored using data;
  if mail then
    perform private.queue_letter(submit_form.form, stored.id, 'receipt');
  end if;

  return query select stored.reference, true, stored.link_key, aside;
end
$$;
