-- The newest calls from the gates of communities, the newest first.
-- $community_ids varchar[]: the communities
-- $most integer: at most so many
-- -> call_id, gate_id, name_zh, name_en, state, outcome, login (of who answered; null where nobody
--    did), started_at, answered_at, ended_at (UTC)
select
    c.call_id, c.gate_id, gate.name_zh, gate.name_en, c.state, c.outcome, account.login,
    c.started_at, c.answered_at, c.ended_at
from gate_call_now as c
left join gate_now as gate on gate.gate_id = c.gate_id
left join account_now as account on 'account:' || account.account_id = c.answered_by
where list_contains($community_ids::varchar[], c.community_id)
order by c.call_id desc
limit $most;
