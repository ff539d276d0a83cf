-- What is to be sent now, oldest first; of each target only so much that none hides another.
-- $now timestamptz: the present moment
-- $most integer: how many of one target at most
-- -> delivery_id, target_kind, target_id, made_at (UTC)
select delivery_id, target_kind, target_id, made_at
from delivery_now
where state = 'waiting' and next_at <= $now
qualify
    row_number() over (partition by target_kind, target_id order by made_at, delivery_id) <= $most
order by made_at, delivery_id;
