-- Delete sealed values of a channel or webhook.
-- $owner_id varchar: the channel or webhook
-- $parts varchar[]: which
delete from outgoing_secret
where owner_id = $owner_id and list_contains($parts::varchar[], part);
