-- Consents of some people that hold, with their whole state.
-- $person_ids varchar[]: whose
-- -> every column of consent_now that an event carries on
select
    consent_id, community_id, person_id, purpose, given_by, form, given_on, withdrawn_on, paper_ref, source, source_id,
    source_version, content_hash
from consent_now
where person_id in (select unnest($person_ids)) and withdrawn_on is null
order by consent_id;
