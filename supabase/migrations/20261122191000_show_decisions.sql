-- As before, with what the team wrote to the person along with the state the submission is in now, who decided left
-- out. What was undone, or overtaken by what the person did since, is not shown.
create or replace function private.describe_submission(followed private.followed) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  stored jsonb;
  last_decision public.decisions;
begin
  execute format('select to_jsonb(stored) from %s as stored where stored.id = $1', followed.target)
    into stored using followed.id;
  select d.* into last_decision from public.decisions as d
  where d.row_id = followed.id and d.kind not in ('proposed', 'released') order by d.id desc limit 1;
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
    ),
    'team', case
      when last_decision.kind <> 'undone' and last_decision.after_status = stored ->> 'status'
        then jsonb_build_object('reason', last_decision.reason, 'note', last_decision.note)
    end
  );
end
$$;
