-- What one recipient was told after a message, oldest first.
-- $community_id varchar: the community
-- $recipients varchar[]: whom, as told
-- $after varchar: the last message seen, or null for all since $since
-- $since timestamptz: nothing told before this is shown
-- $most integer: how many at most
-- -> message_id, kind, recipient, subject_id, facts (JSON), happened_at (UTC)
select message_id, kind, recipient, subject_id, facts, happened_at
from message_now
where
    community_id = $community_id
    and list_contains($recipients::varchar[], recipient)
    and ($after::varchar is null or message_id > $after::varchar)
    and happened_at >= $since
order by message_id
limit $most;
