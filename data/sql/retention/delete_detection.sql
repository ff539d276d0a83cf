-- Remove detections; the keys of their pictures are gone already.
-- $ids varchar[]: which
delete from detection where detection_id in (select unnest($ids));
