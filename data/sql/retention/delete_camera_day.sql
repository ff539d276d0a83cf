-- Remove days of the availability of cameras.
-- $ids varchar[]: which, as community/day
delete from camera_day where community_id || '/' || day::varchar in (select unnest($ids));
