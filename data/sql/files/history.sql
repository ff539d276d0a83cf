-- Who changed which fields of a file and when; never what they said. Newest first.
-- $subject_id varchar: id of a person, household or enterprise
-- $limit integer: at most so many
-- -> event_id, event_kind, happened_at, recorded_at, actor, login (of an account), fields_changed, source
with events as (
    select event_id, event_kind, happened_at, recorded_at, actor, fields_changed, source
    from person_event
    where person_id = $subject_id
    union all
    select event_id, event_kind, happened_at, recorded_at, actor, fields_changed, source
    from household_event
    where household_id = $subject_id
    union all
    select event_id, event_kind, happened_at, recorded_at, actor, fields_changed, source
    from enterprise_event
    where enterprise_id = $subject_id
)
select
    e.event_id, e.event_kind, e.happened_at, e.recorded_at, e.actor, a.login, e.fields_changed, e.source
from events as e
left join account_now as a on e.actor = 'account:' || a.account_id
order by e.event_id desc
limit $limit;
