-- The last steps of setting up a community, newest first.
-- $community_id varchar: the community
-- $most integer: how many
-- -> change_id, changed_at, actor, login (of an account), step, noun, kind, name (of the first
--    object), objects (how many), undone (true where a later step took it back), undoes
with step as (
    select
        change_id,
        min(changed_at) as changed_at,
        min(actor) as actor,
        arg_min(step, position) as step,
        arg_min(noun, position) as noun,
        arg_min(kind, position) as kind,
        arg_min(name, position) as name,
        count(*) as objects,
        min(undoes) as undoes
    from setup_change
    where community_id = $community_id
    group by change_id
),

undone as (
    select distinct undoes as change_id
    from step
    where undoes is not null
)

select
    step.change_id,
    step.changed_at,
    step.actor,
    account.login,
    step.step,
    step.noun,
    step.kind,
    step.name,
    step.objects,
    undone.change_id is not null as undone,
    step.undoes
from step
left join undone on step.change_id = undone.change_id
left join account_now as account on step.actor = 'account:' || account.account_id
order by step.change_id desc
limit $most;
