"""The set-up of a community: areas, shapes, objects, directory, in steps that can be undone."""
