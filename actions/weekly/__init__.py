"""The week of a community, as pages and the weekly export show it."""
