-- Bulk copies of a community's register of people that were fetched since a moment.
-- $community_id varchar: the community
-- $since timestamptz: when the person was first on record, UTC
-- -> made_at (UTC), asked_role, purpose, area_id (null for the whole community), fetched integer
select export.made_at, approval.asked_role, approval.purpose, export.area_id, export.fetched
from export_file_now as export
join approval_now as approval on approval.approval_id = export.approval_id
where
    export.community_id = $community_id
    and export.register = 'persons'
    and export.made_at >= $since
order by export.made_at;
