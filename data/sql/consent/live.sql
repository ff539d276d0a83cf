-- Consents of a person that hold, with their whole state.
-- $person_id varchar: whose
-- $purpose varchar or null: only for this purpose
-- -> every column of consent_now that an event carries on
select
    consent_id, community_id, person_id, purpose, given_by, form, given_on, withdrawn_on, paper_ref, source, source_id,
    source_version, content_hash
from consent_now
where person_id = $person_id and withdrawn_on is null and ($purpose is null or purpose = $purpose)
order by given_on, consent_id;
