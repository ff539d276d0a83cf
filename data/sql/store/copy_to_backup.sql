-- Copy every table of the store from one snapshot.
-- {source}: name of the store's database, quotes doubled
copy from database "{source}" to backup;
