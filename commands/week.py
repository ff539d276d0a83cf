"""`export week`: the week of a community as a spreadsheet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from actions.catalogue.reading import catalogue_of
from actions.weekly.reading import week_report
from commands.context import Context
from exports.week import week_xlsx
from rules.week import WeekUnknown


def run_export_week(
    context: Context, file: Path, community_id: str | None, week: str | None, language: str
) -> int:
    """Write the XLSX file.

    Args:
        file: Where to; a file of that name is replaced.
        community_id: Whose; the settings' or the only one where none is named.
        week: E.g. 2026-W47; the present one where none is named.
        language: zh-CN or en.

    Returns:
        0 when it is written, 2 where the community or week is not known.
    """
    known = [row["community_id"] for row in context.store.rows("view/community")]
    chosen = community_id or context.settings.community or (known[0] if len(known) == 1 else "")
    if not chosen:
        context.err(f"Name the community with --community: {', '.join(known) or 'there is none'}.")
        return 2
    now = datetime.now(UTC)
    try:
        report = week_report(context.store, chosen, week or "", now)
    except WeekUnknown:
        context.err(f"--week {week!r} is no week like 2026-W47.")
        return 2
    if report is None:
        context.err(f"No community {chosen!r} is registered.")
        return 2
    names = {
        code: {"name_zh": entry.name_zh, "name_en": entry.name_en}
        for code, entry in catalogue_of(context.store, chosen).items()
    }
    content = week_xlsx(report, names, "cli", now, language)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
    context.out(f"{file}: {chosen} {report.week.name}, {len(report.cases)} cases")
    return 0
