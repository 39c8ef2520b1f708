-- What the desk lists. The views run with the rights of whoever reads them: row-level security decides, as for the
-- tables. Nothing sealed or encrypted is here: whoever opens a file reads its own row.

-- Letters as people type them when they search: src/domain/plain-text.ts does the same to what is typed.
create function private.folded(text) returns text
language sql immutable parallel safe set search_path = ''
as $$
  select btrim(regexp_replace(
    lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036F]', '', 'g')), '[^a-z0-9]+', ' ', 'g'
  ))
$$;

revoke all on function private.folded(text) from public;
grant execute on function private.folded(text) to authenticated, service_role;

create view public.desk_submissions
with (security_invoker = true)
as
select
  s.form, s.id, s.reference, s.status, s.received_at, s.is_example, s.quarantined_at, s.quarantine_reasons,
  s.title, s.place,
  private.folded(concat_ws(' ', s.reference, s.title, s.place, s.words)) as haystack,
  private.seen(s.id, s.status, s.quarantined_at) as seen
from (
  select 'inscription' as form, id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    occupation as title, concat_ws(', ', city, residence_country) as place,
    concat_ws(' ', array_to_string(skills, ' '), array_to_string(languages, ' ')) as words
  from public.registrations
  union all
  select 'association', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    name, concat_ws(', ', city, country), description
  from public.associations
  union all
  select 'projet', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    title, concat_ws(', ', commune, prefecture), concat_ws(' ', summary, description, holder_name)
  from public.projects
  union all
  select 'difficulte', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    office, country, extra_paper
  from public.difficulties
  union all
  select 'retour', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    null, country, null
  from public.return_requests
  union all
  select 'rumeur', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    left(claim, 120), country, claim
  from public.rumours
  union all
  select 'avis', id, reference, status, received_at, is_example, quarantined_at, quarantine_reasons,
    page, null, comment
  from public.feedback
) as s;

create view public.desk_counts
with (security_invoker = true)
as
select s.form, s.status, s.quarantined_at is not null as aside, count(*)::int as number
from (
  select 'inscription' as form, status, quarantined_at from public.registrations
  union all select 'association', status, quarantined_at from public.associations
  union all select 'projet', status, quarantined_at from public.projects
  union all select 'difficulte', status, quarantined_at from public.difficulties
  union all select 'retour', status, quarantined_at from public.return_requests
  union all select 'rumeur', status, quarantined_at from public.rumours
  union all select 'avis', status, quarantined_at from public.feedback
) as s
group by s.form, s.status, s.quarantined_at is not null;

revoke all on public.desk_submissions, public.desk_counts from public, anon, authenticated, service_role;
grant select on public.desk_submissions, public.desk_counts to authenticated, service_role;
grant execute on function private.seen(uuid, text, timestamptz) to service_role;

-- Letters that were given up. `private.outbox` belongs to nobody's role: the view runs with its owner's rights, and
-- says itself who may read it. FROM is a subquery so that nobody writes through it.
create view public.desk_letters
with (security_barrier = true, security_invoker = false)
as
select l.id, l.kind, l.form, l.row_id, l.created_at, l.done_at, l.attempts, l.last_code
from (
  select o.* from private.outbox as o where o.state = 'dead' and (select private.officer_role()) is not null
) as l;

revoke all on public.desk_letters from public, anon, authenticated, service_role;
grant select on public.desk_letters to authenticated;

-- Tries a letter again, unless it went to an address that its file no longer has.
create function private.retry_letter(letter uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform private.require_role(array['reviewer', 'publisher', 'admin']);
  update private.outbox
  set state = 'pending', attempts = 0, created_at = now(), due_at = now(), done_at = null, last_code = null,
    lease = null, leased_until = null
  where id = retry_letter.letter and state = 'dead' and not voided
    and not (kind = 'news' and exists (
      select from private.outbox as o where o.row_id = outbox.row_id and o.kind = 'news' and o.state = 'pending'
    ));
  return found;
end
$$;

create function public.retry_letter(letter uuid) returns boolean
language sql volatile security invoker set search_path = ''
as $$ select private.retry_letter(letter) $$;

-- Taking answers out of the desk leaves a trace: which form, which state, how many.
alter table public.audit_log
  drop constraint audit_log_action_check,
  add constraint audit_log_action_check check (action in ('insert', 'update', 'delete', 'export'));

create function private.record_export(form text, status text, number int) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  known regclass;
begin
  perform private.require_role(array['reader', 'reviewer', 'publisher', 'admin']);
  select f.target into known from private.forms as f where f.slug = record_export.form;
  if known is null or record_export.status is not null and record_export.status not in (
    'received', 'needs_info', 'accepted', 'published', 'refused', 'withdrawn'
  ) then
    raise exception 'Cet export n’existe pas.' using errcode = '22023';
  end if;
  insert into public.audit_log (actor, action, table_name, detail)
  values (
    auth.uid(), 'export', (select c.relname from pg_catalog.pg_class as c where c.oid = known),
    jsonb_build_object('status', record_export.status, 'number', record_export.number)
  );
end
$$;

create function public.record_export(form text, status text, number int) returns void
language sql volatile security invoker set search_path = ''
as $$ select private.record_export(form, status, number) $$;

revoke all on function
  private.retry_letter(uuid), public.retry_letter(uuid),
  private.record_export(text, text, int), public.record_export(text, text, int)
from public, anon, authenticated, service_role;
grant execute on function
  private.retry_letter(uuid), public.retry_letter(uuid),
  private.record_export(text, text, int), public.record_export(text, text, int)
to authenticated;
