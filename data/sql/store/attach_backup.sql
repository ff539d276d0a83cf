-- Attach the file a backup goes into; ATTACH takes no parameters, so data/backup.py fills in a
-- quoted path. The only two statements of the project with a place filled in are this and the next.
-- {path}: file of the copy, quotes doubled
attach '{path}' as backup;
