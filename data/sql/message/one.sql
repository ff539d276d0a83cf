-- One message.
-- $message_id varchar: the message
-- -> message_id, community_id, kind, recipient, subject_id, facts (JSON), happened_at (UTC)
select message_id, community_id, kind, recipient, subject_id, facts, happened_at
from message_now
where message_id = $message_id;
