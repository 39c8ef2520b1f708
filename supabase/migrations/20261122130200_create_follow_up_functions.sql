-- What the holder of a link may do. Each function of `public` is one request: it runs as its caller and passes on to
-- a function of `private` which only service_role may call and which runs as the owner, since the API roles may
-- neither delete a submission nor write its history. An EXECUTE granted by mistake on the first opens nothing.
--
-- `link_hash` is the fingerprint of the link's secret part. A wrong link, that of an erased submission and a
-- malformed one get the same answer, null, after the same work: every table is asked.
-- The others answer a JSON object as text (one driver of @supabase/lite encodes jsonb twice): what was done, and the
-- submission as it is then.

-- Counts one request of a sender, or refuses it with HTTP 429. `bucket` holds a keyed hash, never an address.
create function private.spend(bucket text, hourly_limit int) returns void
language plpgsql volatile security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  hour constant timestamptz := date_trunc('hour', now());
begin
  insert into private.rate_limits as r (bucket, window_start, hits)
  values (spend.bucket, hour, 1)
  on conflict (bucket, window_start) do update set hits = r.hits + 1 where r.hits < spend.hourly_limit;
  if not found then
    -- The detail is the number of seconds to announce in Retry-After.
    raise exception 'Trop de demandes depuis cette connexion. Réessayez dans une heure.'
      using errcode = 'PT429',
        detail = ceil(extract(epoch from hour + interval '1 hour' - now()))::int::text;
  end if;
end
$$;

create type private.followed as (form text, target regclass, id uuid);

-- The submission of a link. Takes its lock: what two people do with one link happens in turn.
create function private.open_link(link_hash text, limiter text) returns private.followed
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known record;
  found_id uuid;
  result private.followed;
begin
  if limiter is not null then
    perform private.spend('suivi:' || limiter, 120);
  end if;
  perform pg_advisory_xact_lock(hashtextextended('follow-up ' || link_hash, 0));
  for known in select f.slug, f.target from private.forms as f where f.follow_up loop
    execute format('select stored.id from %s as stored where stored.follow_up_hash = $1', known.target)
      into found_id using link_hash;
    if found_id is not null then
      result := (known.slug, known.target, found_id);
    end if;
  end loop;
  return result;
end
$$;

-- A submission as its author may see it: without what identifies it to machines.
create function private.describe_submission(followed private.followed) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  stored jsonb;
begin
  execute format('select to_jsonb(stored) from %s as stored where stored.id = $1', followed.target)
    into stored using followed.id;
  return jsonb_build_object(
    'form', followed.form,
    'row', stored
      - array['id', 'follow_up_hash', 'idempotency_key', 'content_hash', 'is_example', 'email_index'],
    'revision', (
      select count(*) from public.submission_events as e where e.row_id = followed.id and e.kind = 'corrected'
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'actor', e.actor) order by e.id), '[]')
      from public.submission_events as e where e.row_id = followed.id
    )
  );
end
$$;

create function private.record_event(followed private.followed, kind text, fingerprint text) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into public.submission_events (form, row_id, kind, actor, fingerprint)
  values (followed.form, followed.id, record_event.kind, 'person', record_event.fingerprint)
$$;

create function private.answer_follow_up(outcome text, followed private.followed) returns text
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('outcome', outcome, 'submission', private.describe_submission(followed))::text
$$;

create function private.follow_up(link_hash text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
begin
  return case when followed.id is not null then private.answer_follow_up('seen', followed) end;
end
$$;

-- payload: a JSON object of columns; null empties an answer. `revision` is the number of corrections the person has
-- seen: a page left open must not undo, unseen, what was corrected elsewhere. `fingerprint` tells the same correction
-- sent twice, which is done once.
create function private.follow_up_amend(
  link_hash text, payload text, revision int, fingerprint text, limiter text
) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  -- What its author never decides.
  reserved constant text[] := array[
    'id', 'reference', 'received_at', 'status', 'follow_up_hash', 'idempotency_key', 'content_hash', 'is_example',
    'slug', 'published_at', 'confirmed_at'
  ];
  followed constant private.followed := private.open_link(link_hash, limiter);
  data constant jsonb := payload::jsonb;
  refused text[];
  assignments text;
  corrections text[];
begin
  if followed.id is null then
    return null;
  end if;
  if jsonb_typeof(data) is distinct from 'object' then
    raise exception 'the payload is not a JSON object' using errcode = '22023';
  end if;

  select coalesce(array_agg(e.fingerprint order by e.id), '{}') into corrections
  from public.submission_events as e where e.row_id = followed.id and e.kind = 'corrected';
  if corrections[cardinality(corrections)] = follow_up_amend.fingerprint then
    return private.answer_follow_up('done', followed);
  end if;
  if cardinality(corrections) is distinct from follow_up_amend.revision then
    return private.answer_follow_up('changed', followed);
  end if;

  select array_agg(k.name order by k.name) into refused
  from jsonb_object_keys(data) as k (name)
  where k.name = any (reserved) or not exists (
    select from pg_catalog.pg_attribute as a
    where a.attrelid = followed.target and a.attnum > 0 and not a.attisdropped and a.attname = k.name
  );
  if refused is not null then
    raise exception 'columns refused for the form %: %', followed.form, array_to_string(refused, ', ')
      using errcode = '22023';
  end if;

  select string_agg(
    format(case when e.value = 'null' then '%1$I = default' else '%1$I = given.%1$I' end, e.key), ', '
  ) into assignments
  from jsonb_each(data) as e;
  perform set_config('guide.actor', 'person', true);
  execute format(
    'update %1$s as stored set status = ''received''%2$s
     from pg_catalog.jsonb_populate_record(null::%1$s, $1) as given where stored.id = $2',
    followed.target, ', ' || assignments
  ) using data, followed.id;
  perform private.record_event(followed, 'corrected', follow_up_amend.fingerprint);
  return private.answer_follow_up('done', followed);
end
$$;

-- `body` is sealed. A message brings back to the queue what waited for it.
create function private.follow_up_add(link_hash text, body text, fingerprint text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
begin
  if followed.id is null then
    return null;
  end if;
  if exists (
    select from public.submission_events as e
    where e.row_id = followed.id and e.kind = 'added' and e.fingerprint = follow_up_add.fingerprint
      and e.at > now() - interval '1 hour'
  ) then
    return private.answer_follow_up('done', followed);
  end if;
  if (select count(*) from public.submission_messages as m where m.row_id = followed.id) >= 20 then
    return private.answer_follow_up('full', followed);
  end if;
  insert into public.submission_messages (form, row_id, body)
  values (followed.form, followed.id, follow_up_add.body);
  perform private.record_event(followed, 'added', follow_up_add.fingerprint);
  perform set_config('guide.actor', 'person', true);
  execute format('update %s set status = ''received'' where id = $1 and status = ''needs_info''', followed.target)
    using followed.id;
  return private.answer_follow_up('done', followed);
end
$$;

create function private.follow_up_withdraw(link_hash text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
begin
  if followed.id is null then
    return null;
  end if;
  perform set_config('guide.actor', 'person', true);
  execute format('update %s set status = ''withdrawn'' where id = $1 and status <> ''withdrawn''', followed.target)
    using followed.id;
  return private.answer_follow_up('done', followed);
end
$$;

-- Erases one submission with all that is about it, and leaves a line saying that there was one. The only way to
-- erase one: by its author, by its age (`retention`) or by an officer.
create function private.erase_submission(form text, row_id uuid, reason text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  target regclass;
  erased int;
begin
  select f.target into strict target from private.forms as f where f.slug = erase_submission.form;
  execute format('delete from %s where id = $1', target) using row_id;
  get diagnostics erased = row_count;
  if erased = 1 then
    insert into public.erasures (form, reason) values (erase_submission.form, erase_submission.reason);
  end if;
end
$$;

-- Answers what the submission was, so that the page can say what has gone and what will.
create function private.follow_up_erase(link_hash text, limiter text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  followed constant private.followed := private.open_link(link_hash, limiter);
  answer text;
begin
  if followed.id is null then
    return null;
  end if;
  answer := private.answer_follow_up('done', followed);
  perform private.erase_submission(followed.form, followed.id, 'person');
  return answer;
end
$$;

create function public.follow_up(link_hash text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up(link_hash, limiter) $$;

create function public.follow_up_amend(
  link_hash text, payload text, revision int, fingerprint text, limiter text
) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_amend(link_hash, payload, revision, fingerprint, limiter) $$;

create function public.follow_up_add(link_hash text, body text, fingerprint text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_add(link_hash, body, fingerprint, limiter) $$;

create function public.follow_up_withdraw(link_hash text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_withdraw(link_hash, limiter) $$;

create function public.follow_up_erase(link_hash text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.follow_up_erase(link_hash, limiter) $$;

revoke all on function
  private.spend(text, int),
  private.open_link(text, text),
  private.describe_submission(private.followed),
  private.record_event(private.followed, text, text),
  private.answer_follow_up(text, private.followed),
  private.follow_up(text, text),
  private.follow_up_amend(text, text, int, text, text),
  private.follow_up_add(text, text, text, text),
  private.follow_up_withdraw(text, text),
  private.follow_up_erase(text, text),
  private.erase_submission(text, uuid, text),
  public.follow_up(text, text),
  public.follow_up_amend(text, text, int, text, text),
  public.follow_up_add(text, text, text, text),
  public.follow_up_withdraw(text, text),
  public.follow_up_erase(text, text)
from public, anon, authenticated, service_role;

grant execute on function
  private.spend(text, int),
  private.follow_up(text, text),
  private.follow_up_amend(text, text, int, text, text),
  private.follow_up_add(text, text, text, text),
  private.follow_up_withdraw(text, text),
  private.follow_up_erase(text, text),
  public.follow_up(text, text),
  public.follow_up_amend(text, text, int, text, text),
  public.follow_up_add(text, text, text, text),
  public.follow_up_withdraw(text, text),
  public.follow_up_erase(text, text)
to service_role;
