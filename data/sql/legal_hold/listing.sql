-- Legal holds of a community, those that hold first, then the newest.
-- $community_id varchar: the community
-- $now timestamptz: the moment, UTC
-- -> hold_id, subject_kind, subject_id, basis, state, asked_by, approval_id, approved_by, expires_at, ended_at (UTC), holds boolean
select
    hold_id, subject_kind, subject_id, basis, state, asked_by, approval_id, approved_by, expires_at, ended_at,
    list_contains(['asked', 'held'], state) and expires_at > $now as holds
from legal_hold_now
where community_id = $community_id
order by holds desc, hold_id desc
limit 200;
