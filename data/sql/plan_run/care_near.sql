-- Care recipients who live at a run's place, else in its grid, else anywhere in the community.
-- $community_id varchar: the community
-- $place_id, $area_id varchar: where it is, null where not known
-- -> care_recipient_id, person_id, place_id
select r.care_recipient_id, r.person_id, r.place_id
from care_recipient_now as r
left join place_now as p on r.place_id = p.place_id
where
    r.community_id = $community_id
    and r.removed_at is null
    and r.person_id is not null
    and case
        when $place_id is not null then r.place_id = $place_id
        when $area_id is not null then p.area_id = $area_id
        else true
    end
order by r.place_id, r.care_recipient_id;
