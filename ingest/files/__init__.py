"""Files of a community: a drop folder and imports of CSV, XLSX, GeoJSON and ZIP by mapping."""

from __future__ import annotations

from ingest.files.inbox import FilesSource

SOURCE = FilesSource
