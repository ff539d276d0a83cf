-- What retention has deleted in a community, a line per run and class, the newest first.
-- $community_id varchar: the community
-- $most integer: at most so many
-- -> run_id, class, actor, rule_version, batches, subjects, held, oldest_at (UTC), finished_at (UTC), ids_hashes varchar[]
select
    run_id,
    class,
    max(actor) as actor,
    max(rule_version) as rule_version,
    count(*) as batches,
    sum(subjects) as subjects,
    max(held) as held,
    min(oldest_at) as oldest_at,
    max(recorded_at) as finished_at,
    list(ids_hash order by batch) as ids_hashes
from retention_run
where community_id = $community_id and kind = 'done'
group by run_id, class
order by run_id desc, class
limit $most;
