-- Two more letters to whoever holds a project: somebody offers help, and nobody has had news of the project.
alter table private.outbox
  drop constraint outbox_kind_check,
  add constraint outbox_kind_check
    check (kind in ('receipt', 'confirmation', 'news', 'yearly', 'offer', 'silence'));

create unique index outbox_offer_idx on private.outbox (row_id) where kind = 'offer' and state = 'pending';

-- An offer that an officer lets through is told to the holder ten minutes later, so that a slip can be undone, and
-- never more than once a day: whoever offers help a hundred times must not fill a mailbox.
create function private.tell_of_offer() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  project public.projects;
begin
  if new.status = old.status or new.project_id is null then
    return null;
  end if;
  if new.status = 'accepted' then
    select p.* into project from public.projects as p where p.id = new.project_id;
    if coalesce(private.may_write(to_jsonb(project), 'offer'), false) then
      insert into private.outbox (kind, form, row_id, due_at)
      values ('offer', 'projet', project.id, greatest(
        now() + interval '10 minutes',
        (
          select max(o.done_at) + interval '1 day' from private.outbox as o
          where o.row_id = project.id and o.kind = 'offer' and o.state = 'sent'
        )
      ))
      on conflict (row_id) where kind = 'offer' and state = 'pending' do nothing;
    end if;
  elsif not exists (
    select from public.help_offers as o where o.project_id = new.project_id and o.status = 'accepted'
  ) then
    delete from private.outbox where row_id = new.project_id and kind = 'offer' and state = 'pending';
  end if;
  return null;
end
$$;

revoke all on function private.tell_of_offer() from public;

create trigger help_offers_are_told
  after update on public.help_offers
  for each row execute function private.tell_of_offer();

-- Asks for news of the projects of which nobody has heard for 75 days, once, two weeks before their page says so
-- (src/domain/projects/silence.ts has the same numbers). One that is delivered is asked about after 350 days instead,
-- and one that is still in use a year later is left in peace. Answers how many letters it wrote.
create function private.ask_for_news(as_of timestamptz) returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
  written int;
begin
  -- Two runs at once must not ask twice.
  perform pg_advisory_xact_lock(hashtextextended('ask for news', 0));
  insert into private.outbox (kind, form, row_id, created_at, due_at)
  select 'silence', 'projet', heard.id, ask_for_news.as_of, ask_for_news.as_of
  from (
    select
      p.id,
      coalesce(latest.stage, p.stage) as stage,
      greatest(p.published_at, latest.received_at) as at
    from public.projects as p
    left join lateral (
      select u.stage, u.received_at from public.project_updates as u
      where u.project_id = p.id and u.status = 'accepted' order by u.received_at desc limit 1
    ) as latest on true
    where p.status = 'published' and p.quarantined_at is null and private.may_write(to_jsonb(p), 'silence')
      -- What waits to be read is the team's silence, not the holder's.
      and not exists (
        select from public.project_updates as u where u.project_id = p.id and u.status = 'received'
      )
  ) as heard
  where case heard.stage
      when 'in_service' then false
      when 'delivered' then ask_for_news.as_of >= heard.at + interval '350 days'
        and ask_for_news.as_of < heard.at + interval '365 days'
      else ask_for_news.as_of >= heard.at + interval '75 days' and ask_for_news.as_of < heard.at + interval '90 days'
    end
    and not exists (
      select from private.outbox as o
      where o.row_id = heard.id and o.kind = 'silence' and o.created_at >= heard.at
    )
  order by heard.at limit 500;
  get diagnostics written = row_count;
  return written;
end
$$;

-- Nobody writes today the letters of another year.
create function public.ask_for_news(as_of timestamptz) returns int
language sql volatile security invoker set search_path = ''
as $$ select private.ask_for_news(least(as_of, now())) $$;

revoke all on function private.ask_for_news(timestamptz), public.ask_for_news(timestamptz)
from public, anon, authenticated, service_role;
grant execute on function private.ask_for_news(timestamptz), public.ask_for_news(timestamptz) to service_role;

-- More addresses below /projets/ that are pages of the site: see src/domain/projects/project.ts.
alter table public.projects
  drop constraint projects_slug_not_reserved,
  add constraint projects_slug_not_reserved check (slug not in (
    'aider', 'archives', 'besoin', 'comment-nous-lisons', 'etape', 'financer', 'page', 'pays', 'prefecture',
    'proposer', 'region', 'secteur'
  ));
