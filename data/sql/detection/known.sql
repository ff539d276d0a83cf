-- Whether a detection is on record.
-- $detection_id varchar: the detection
-- -> detection_id: one row or none
select detection_id
from detection
where detection_id = $detection_id;
