-- Letters to people who gave an e-mail address. A line is written in the transaction of what it tells: either both
-- exist or neither does. It holds no address: that one is read, encrypted, from the submission as the letter leaves.
create table private.outbox (
  -- Random: links in letters name their line.
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('receipt', 'confirmation', 'news', 'yearly')),
  form text not null references private.forms (slug),
  row_id uuid not null,
  -- `held`: what it is about was put aside, and nobody is written to as long as it is.
  state text not null default 'pending' check (state in ('held', 'pending', 'sent', 'dead')),
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts int not null default 0,
  -- Whoever sends it holds it by this key, until then; without news of them, it is anybody's again.
  lease uuid,
  leased_until timestamptz,
  done_at timestamptz,
  -- It went to an address that its submission no longer has: its links answer no more.
  voided boolean not null default false,
  -- A code of the mail server or of the network, never its sentence: sentences quote addresses.
  last_code text check (last_code ~ '^[A-Za-z0-9_]{1,40}$')
);

create index outbox_due_idx on private.outbox (due_at) where state = 'pending';
create index outbox_row_idx on private.outbox (row_id, created_at);
-- One piece of news at a time: the letter tells the state the submission has when it leaves.
create unique index outbox_news_idx on private.outbox (row_id) where kind = 'news' and state = 'pending';

-- What is kept for a number of days, whatever the form. src/domain/forms/retention.ts says the same.
create table private.kept_days (
  what text primary key,
  days int not null check (days > 0)
);

insert into private.kept_days (what, days) values
  ('quarantine', 30), ('letter', 30), ('yearly_letter', 400), ('unsent_letter', 7);

create function private.kept(what text) returns interval
language sql stable set search_path = ''
as $$ select make_interval(days => k.days) from private.kept_days as k where k.what = kept.what $$;

revoke all on private.outbox, private.kept_days from public, anon, authenticated, service_role;

-- Whether a submission may be written to: its address is known, it is nobody's example, and its author did not ask
-- for silence. Whoever has not confirmed the address gets the letter that asks for it, and nothing else: it may be
-- somebody else's.
create function private.may_write(stored jsonb, kind text) returns boolean
language sql immutable set search_path = ''
as $$
  select stored ->> 'email' is not null
    and stored ->> 'mail_stopped_at' is null
    and not (stored ->> 'is_example')::boolean
    and (kind in ('receipt', 'confirmation') or stored ->> 'confirmed_at' is not null)
$$;

create function private.queue_letter(form text, row_id uuid, kind text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  target regclass;
  stored jsonb;
  lately int;
begin
  select f.target into target from private.forms as f where f.slug = queue_letter.form and f.mail;
  if target is null then
    return;
  end if;
  execute format('select to_jsonb(stored) from %s as stored where stored.id = $1', target)
    into stored using queue_letter.row_id;
  if not coalesce(private.may_write(stored, queue_letter.kind), false) then
    return;
  end if;

  if queue_letter.kind in ('receipt', 'confirmation') then
    -- Nobody may fill somebody else's mailbox by way of a form.
    perform pg_advisory_xact_lock(hashtextextended('letters ' || (stored ->> 'email_index'), 0));
    execute format(
      'select count(*) from private.outbox as o join %s as other on other.id = o.row_id
       where other.email_index = $1 and o.kind in (''receipt'', ''confirmation'')
         and o.created_at > now() - interval ''1 day''',
      target
    ) into lately using stored ->> 'email_index';
    if lately >= 3 then
      return;
    end if;
  end if;

  insert into private.outbox (kind, form, row_id, state, due_at)
  values (
    queue_letter.kind, queue_letter.form, queue_letter.row_id,
    case when stored ->> 'quarantined_at' is null then 'pending' else 'held' end,
    -- An officer's slip, mended in the next minutes, is told to nobody.
    now() + case when queue_letter.kind = 'news' then interval '10 minutes' else interval '0' end
  )
  -- While the older one is being sent, its sender loses the right to call it sent: it leaves again, with this state.
  on conflict (row_id) where kind = 'news' and state = 'pending'
  do update set due_at = excluded.due_at, attempts = 0, lease = null, leased_until = null;
end
$$;

-- Another address must be confirmed again, and the letters to the one before are over.
create function private.doubt_address() returns trigger
language plpgsql set search_path = ''
as $$
begin
  -- Closing the same address again with another key (rotation) is not another address.
  if current_setting('guide.actor', true) = 'person' and new.email_index is distinct from old.email_index then
    new.confirmed_at := null;
    new.mail_stopped_at := null;
  end if;
  return new;
end
$$;

-- The argument is the form's slug. Whoever changes the state without being its author is the team.
create function private.follow_with_letters() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  by_person constant boolean := coalesce(current_setting('guide.actor', true) = 'person', false);
begin
  if old.quarantined_at is not null and new.quarantined_at is null then
    update private.outbox set state = 'pending', created_at = now(), due_at = now()
    where row_id = new.id and state = 'held';
  end if;

  if by_person and new.email_index is distinct from old.email_index then
    update private.outbox
    set voided = true,
      state = case when state = 'sent' then 'sent' else 'dead' end,
      last_code = case when state = 'sent' then last_code else 'other_address' end,
      done_at = coalesce(done_at, now()),
      lease = null
    where row_id = new.id;
    -- Without a letter before, no mail server is set.
    if found then
      perform private.queue_letter(tg_argv[0], new.id, 'confirmation');
    end if;
  end if;

  if new.status <> old.status then
    if by_person or new.status = 'received' then
      delete from private.outbox where row_id = new.id and kind = 'news' and state = 'pending';
    else
      perform private.queue_letter(tg_argv[0], new.id, 'news');
    end if;
  end if;
  return null;
end
$$;

create function private.forget_letters() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.outbox where row_id = old.id;
  return null;
end
$$;

revoke all on function private.doubt_address(), private.follow_with_letters(), private.forget_letters() from public;

alter table private.forms add column mail boolean not null default false;

-- Gives a form its letters. Its table must have `email` and `email_index`.
create function private.enable_letters(form text) returns void
language plpgsql set search_path = ''
as $$
declare
  known private.forms;
begin
  update private.forms as f set mail = true where f.slug = enable_letters.form returning * into strict known;
  execute format(
    'alter table %1$s
       add column if not exists confirmed_at timestamptz,
       add column mail_stopped_at timestamptz;
     create trigger letters_doubt_address before update on %1$s
       for each row execute function private.doubt_address();
     create trigger letters_follow after update on %1$s
       for each row execute function private.follow_with_letters(%2$L);
     create trigger letters_forget after delete on %1$s
       for each row execute function private.forget_letters()',
    known.target, known.slug
  );
end
$$;

revoke all on function private.enable_letters(text) from public;

select private.enable_letters(slug)
from unnest(array['inscription', 'association', 'projet', 'difficulte']) as written (slug);

-- The next letter to send, for two minutes: longer than a sender may live. Null when there is none.
create function private.claim_letter() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  line private.outbox;
  target regclass;
  stored jsonb;
begin
  update private.outbox set state = 'dead', last_code = 'too_old', done_at = now(), lease = null
  where id in (
    select o.id from private.outbox as o
    where o.state = 'pending' and o.created_at < now() - private.kept('unsent_letter')
      and coalesce(o.leased_until < now(), true)
    for update skip locked
  );
  loop
    select * into line from private.outbox as o
    where o.state = 'pending' and o.due_at <= now() and coalesce(o.leased_until < now(), true)
    order by o.due_at
    limit 1
    for update skip locked;
    if not found then
      return null;
    end if;

    select f.target into target from private.forms as f where f.slug = line.form;
    execute format('select to_jsonb(stored) from %s as stored where stored.id = $1', target)
      into stored using line.row_id;
    if not coalesce(private.may_write(stored, line.kind), false) then
      delete from private.outbox where id = line.id;
    elsif line.attempts >= 8 then
      -- Each of its senders died.
      update private.outbox set state = 'dead', last_code = 'gave_up', done_at = now(), lease = null
      where id = line.id;
    else
      update private.outbox
      set attempts = attempts + 1, lease = gen_random_uuid(), leased_until = now() + interval '2 minutes'
      where id = line.id
      returning * into line;
      return jsonb_build_object(
        'id', line.id, 'lease', line.lease, 'kind', line.kind, 'form', line.form, 'attempts', line.attempts,
        'reference', stored -> 'reference',
        'status', stored -> 'status',
        'email', stored -> 'email',
        'confirmed', stored ->> 'confirmed_at' is not null,
        'receivedAt', stored -> 'received_at',
        'agreedAt', greatest((stored ->> 'consent_at')::timestamptz, (stored ->> 'confirmed_at')::timestamptz),
        'idempotencyKey', stored -> 'idempotency_key',
        'contentHash', stored -> 'content_hash',
        'followUpHash', stored -> 'follow_up_hash'
      );
    end if;
  end loop;
end
$$;

-- What became of a letter: `sent`, `later` (it is tried again after a longer and longer while, eight times in all),
-- `never`. Null when its sender no longer holds it.
create function private.settle_letter(id uuid, lease uuid, outcome text, code text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  waits constant interval[] := array['1 minute', '5 minutes', '15 minutes', '1 hour', '4 hours', '12 hours', '24 hours'];
  settled text;
begin
  if settle_letter.outcome not in ('sent', 'later', 'never') then
    raise exception 'unknown outcome: %', settle_letter.outcome using errcode = '22023';
  end if;
  update private.outbox as o
  set
    state = case
      when settle_letter.outcome = 'sent' then 'sent'
      when settle_letter.outcome = 'never' or o.attempts >= 8 then 'dead'
      else 'pending'
    end,
    due_at = case when settle_letter.outcome = 'later' then now() + coalesce(waits[o.attempts], '0') else o.due_at end,
    done_at = case when settle_letter.outcome = 'later' and o.attempts < 8 then null else now() end,
    last_code = settle_letter.code,
    lease = null,
    leased_until = null
  where o.id = settle_letter.id and o.lease = settle_letter.lease
  returning o.state into settled;
  return settled;
end
$$;

-- What the reader of a letter answers to it, by a link that names its line: `see` changes nothing.
-- Null when the line is gone, with its submission or by its age: the same answer for both.
create function private.answer_letter(line uuid, answer text, limiter text) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known private.outbox;
  target regclass;
  stored jsonb;
begin
  if limiter is not null then
    perform private.spend('confirmer:' || limiter, 120);
  end if;
  select * into known from private.outbox as o where o.id = answer_letter.line;
  if not found then
    return null;
  end if;
  select f.target into target from private.forms as f where f.slug = known.form;
  execute format('select to_jsonb(stored) from %s as stored where stored.id = $1 for update', target)
    into stored using known.row_id;
  if stored is null then
    return null;
  end if;
  if known.voided then
    return jsonb_build_object('outcome', 'voided');
  end if;

  case answer_letter.answer
    when 'see' then
      null;
    when 'confirm' then
      execute format('update %s set confirmed_at = now(), mail_stopped_at = null where id = $1', target)
        using known.row_id;
    when 'stop' then
      execute format('update %s set mail_stopped_at = now() where id = $1', target) using known.row_id;
    when 'erase' then
      perform private.erase_submission(known.form, known.row_id, 'person');
    else
      raise exception 'unknown answer: %', answer_letter.answer using errcode = '22023';
  end case;
  return jsonb_build_object(
    'outcome', 'done', 'kind', known.kind, 'form', known.form, 'reference', stored -> 'reference',
    'status', stored -> 'status'
  );
end
$$;

-- « Toujours d’accord ? », once a year, to confirmed addresses only. Answers how many letters it wrote.
create function private.ask_again(as_of timestamptz) returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known record;
  written int;
  total int := 0;
begin
  -- Two runs at once must not ask twice.
  perform pg_advisory_xact_lock(hashtextextended('ask again', 0));
  for known in select f.slug, f.target from private.forms as f where f.mail loop
    execute format(
      'insert into private.outbox (kind, form, row_id, created_at, due_at)
       select ''yearly'', $1, stored.id, $2, $2 from %s as stored
       where stored.status in (''received'', ''needs_info'', ''accepted'', ''published'')
         and stored.quarantined_at is null
         and private.may_write(to_jsonb(stored), ''yearly'')
         and greatest(stored.consent_at, stored.confirmed_at) + interval ''12 months'' <= $2
         and not exists (
           select from private.outbox as o
           where o.row_id = stored.id and o.kind = ''yearly'' and o.created_at > $2 - interval ''11 months''
         )
       order by stored.received_at limit 500',
      known.target
    ) using known.slug, as_of;
    get diagnostics written = row_count;
    total := total + written;
  end loop;
  return total;
end
$$;

-- JSON as text: one driver of @supabase/lite encodes jsonb twice.
create function public.claim_letter() returns text
language sql volatile security invoker set search_path = ''
as $$ select private.claim_letter()::text $$;

create function public.settle_letter(id uuid, lease uuid, outcome text, code text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.settle_letter(id, lease, outcome, code) $$;

create function public.answer_letter(line uuid, answer text, limiter text) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.answer_letter(line, answer, limiter)::text $$;

-- Nobody writes today the letters of another year.
create function public.ask_again(as_of timestamptz) returns int
language sql volatile security invoker set search_path = ''
as $$ select private.ask_again(least(as_of, now())) $$;

revoke all on function
  private.kept(text),
  private.may_write(jsonb, text),
  private.queue_letter(text, uuid, text),
  private.claim_letter(),
  private.settle_letter(uuid, uuid, text, text),
  private.answer_letter(uuid, text, text),
  private.ask_again(timestamptz),
  public.claim_letter(),
  public.settle_letter(uuid, uuid, text, text),
  public.answer_letter(uuid, text, text),
  public.ask_again(timestamptz)
from public, anon, authenticated, service_role;

-- `queue_letter` is for submit_form, which runs as its caller.
grant execute on function
  private.queue_letter(text, uuid, text),
  private.claim_letter(),
  private.settle_letter(uuid, uuid, text, text),
  private.answer_letter(uuid, text, text),
  private.ask_again(timestamptz),
  public.claim_letter(),
  public.settle_letter(uuid, uuid, text, text),
  public.answer_letter(uuid, text, text),
  public.ask_again(timestamptz)
to service_role;
