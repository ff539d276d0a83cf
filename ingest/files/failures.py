"""Why a file as a whole cannot be taken; one bad row is a RowRejected instead."""

from __future__ import annotations

from ingest.errors import SourceError


class FileMissing(SourceError):
    """There is no readable regular file of that name."""

    code = "file_missing"


class FileTooLarge(SourceError):
    """The file, or what it unpacks to, is larger than the limit; split it."""

    code = "file_too_large"


class FileChanged(SourceError):
    """The file was written to while it was read; import it again, nothing doubles."""

    code = "file_changed"


class FileNotTable(SourceError):
    """The content is no CSV, XLSX, GeoJSON or ZIP of these, or is damaged; `reason` says how."""

    code = "file_not_table"


class EncodingUnknown(SourceError):
    """The text is in no encoding we know; name it in the mapping."""

    code = "encoding_unknown"


class ArchiveUnsafe(SourceError):
    """The archive is encrypted, nested, explosive or names files outside itself."""

    code = "archive_unsafe"


class ColumnsMissing(SourceError):
    """The header lacks columns the mapping cannot do without; is it the right mapping?"""

    code = "columns_missing"


class CrsUnsupported(SourceError):
    """The GeoJSON declares a coordinate frame that is neither WGS-84, GCJ-02 nor BD-09."""

    code = "crs_unsupported"


class MappingUnknown(SourceError):
    """No mapping of that name is shipped or lies in the mappings folder."""

    code = "mapping_unknown"


class MappingInvalid(SourceError):
    """A mapping file has an unknown key or a wrong value; `file` and `key` name it."""

    code = "mapping_invalid"


class KindDiffers(SourceError):
    """The mapping is for another kind of row than the one asked for."""

    code = "mapping_kind_differs"


class CommunityUnknown(SourceError):
    """No community of that id is registered; register it first, or correct the id."""

    code = "community_unknown"


class FileUnexpected(SourceError):
    """The file made the program fail in a way nobody foresaw; please report it."""

    code = "file_unexpected"


class InboxNameUnknown(SourceError):
    """A dropped file's name does not say what it holds; rename it as the README shows."""

    code = "inbox_name_unknown"


def describe(failure: SourceError) -> str:
    """Say in plain English what is wrong and where, for a terminal or an error file."""
    sentence = (type(failure).__doc__ or failure.code).split("\n")[0]
    details = [f"{name} {value}" for name, value in failure.fields.items() if value is not None]
    return f"{failure.code}: {sentence}" + (f" ({'; '.join(details)})" if details else "")
