-- Make category_now anew from its log, by the same rule as fold.sql.
delete from category_now;
insert into category_now
from category_event
qualify row_number() over (partition by category_id order by event_id desc) = 1;
