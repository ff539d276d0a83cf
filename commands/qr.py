"""`qr`: the sheets with QR codes that hang at the places of a community, as PDF."""

from __future__ import annotations

from pathlib import Path

from actions.reporting.places import choices
from commands.context import Context
from exports.place_sheets import MOST_SHEETS, place_sheets


def run_qr(
    context: Context, file: Path, community_id: str | None, place: str | None, url: str | None
) -> int:
    """Write the PDF.

    Args:
        file: Where to; a file of that name is replaced.
        community_id: Whose; the settings' or the only one where none is named.
        place: Only places whose name has this in it; all buildings and key places without.
        url: Address phones reach, in place of the setting `public_url`.

    Returns:
        0 when it is written, 2 where community, places or address are missing.
    """
    known = {row["community_id"]: row for row in context.store.rows("view/community")}
    only = next(iter(known)) if len(known) == 1 else ""
    chosen = community_id or context.settings.community or only
    if chosen not in known:
        context.err(f"Name the community with --community: {', '.join(known) or 'there is none'}.")
        return 2
    address = url or context.settings.public_url
    if not address:
        context.err("Set public_url, or name the address phones reach with --url https://…")
        return 2
    places = choices(context.store, chosen)
    wanted = [row for row in places if not place or place in (row["name_zh"] or "")]
    if not wanted:
        context.err("There is no such place.")
        return 2
    if len(wanted) > MOST_SHEETS:
        context.err(f"{len(wanted)} places; only the first {MOST_SHEETS} fit into one file.")
    content = place_sheets(wanted, known[chosen], address, context.settings.var / "cache" / "fonts")
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
    context.out(f"{file}: {chosen}, {min(len(wanted), MOST_SHEETS)} sheets")
    return 0
