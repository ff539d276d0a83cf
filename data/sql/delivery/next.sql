-- When the next delivery is due: one row, null where none waits.
-- $now timestamptz: what is due by then is left out
-- -> next_at (UTC)
select min(next_at) as next_at
from delivery_now
where state = 'waiting' and next_at > $now;
