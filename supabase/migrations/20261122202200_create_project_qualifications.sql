-- What an officer makes of a project, point by point, in the open: an opinion, never an authorisation.
create table public.project_qualifications (
  project_id uuid not null,
  criterion text not null check (criterion in (
    'need', 'land', 'permits', 'running_costs', 'upkeep', 'locality'
  )),
  score text not null check (score in ('clear', 'partial', 'missing')),
  sentence text not null check (char_length(sentence) between 1 and 280),
  at timestamptz not null default now(),
  officer uuid not null,
  primary key (project_id, criterion)
);

-- Not forced: the function below writes as the owner, and no policy lets anybody else write.
alter table public.project_qualifications enable row level security;

create policy "officers read qualifications" on public.project_qualifications
  for select to authenticated
  using ((select private.officer_role()) is not null);

revoke all on public.project_qualifications from public, anon, authenticated, service_role;
grant select on public.project_qualifications to authenticated, service_role;

create trigger project_qualifications_write_themselves
  before insert or update or delete or truncate on public.project_qualifications
  for each statement execute function private.refuse_api_write();

-- The words of closed lists go to the journal, the sentence does not: it is made of somebody's words.
create function private.audit_qualification() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.audit_log (actor, action, table_name, row_id, detail)
  values (
    auth.uid(), lower(tg_op), tg_table_name, coalesce(new.project_id, old.project_id),
    jsonb_build_object(
      'as', current_setting('role', true),
      'values', jsonb_build_object(
        'criterion', coalesce(new.criterion, old.criterion), 'score', jsonb_build_array(old.score, new.score)
      )
    )
  );
  return null;
end
$$;

revoke all on function private.audit_qualification() from public;

create trigger project_qualifications_are_audited
  after insert or update or delete on public.project_qualifications
  for each row execute function private.audit_qualification();

-- Writes what an officer makes of one point; without a score, takes it back. Answers `done` or `gone`.
create function private.qualify_project(
  reference text, criterion text, score text, sentence text, as_of timestamptz
) returns text
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  project public.projects;
  written constant text := btrim(coalesce(qualify_project.sentence, ''));
begin
  perform private.require_role(array['reviewer', 'publisher', 'admin']);
  select p.* into project from public.projects as p where p.reference = qualify_project.reference for update;
  if not found then
    return 'gone';
  end if;
  if qualify_project.score is null then
    delete from public.project_qualifications as q
    where q.project_id = project.id and q.criterion = qualify_project.criterion;
  else
    if written = '' then
      raise exception 'Écrivez une phrase : elle dit ce que vous avez lu.' using errcode = '22023';
    end if;
    begin
      insert into public.project_qualifications as q (project_id, criterion, score, sentence, at, officer)
      values (
        project.id, qualify_project.criterion, qualify_project.score, written, qualify_project.as_of, auth.uid()
      )
      on conflict (project_id, criterion) do update
      set score = excluded.score, sentence = excluded.sentence, at = excluded.at, officer = excluded.officer;
    exception
      when check_violation then
        raise exception 'Choisissez un point et un avis de la grille. La phrase fait 280 signes au plus.'
          using errcode = '22023';
    end;
  end if;
  if found and project.status = 'published' then
    insert into private.build_requests (reason) values ('published');
  end if;
  return 'done';
end
$$;

create function public.qualify_project(
  reference text, criterion text, score text default null, sentence text default null
) returns text
language sql volatile security invoker set search_path = ''
as $$ select private.qualify_project(reference, criterion, score, sentence, now()) $$;

revoke all on function
  private.qualify_project(text, text, text, text, timestamptz), public.qualify_project(text, text, text, text)
from public, anon, authenticated, service_role;
grant execute on function
  private.qualify_project(text, text, text, text, timestamptz), public.qualify_project(text, text, text, text)
to authenticated;

-- As before, and the qualifications.
create or replace function private.forget_project() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.project_updates where project_id = old.id;
  delete from public.help_offers where project_id = old.id;
  delete from public.project_qualifications where project_id = old.id;
  return null;
end
$$;
