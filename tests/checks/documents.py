"""Decides whether the documentation covers the code: names, links and the shape of decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
_FENCE = re.compile(r"^```.*?^```", re.M | re.S)
_CITED = re.compile(
    r"\b(?P<brief>DOMAIN|REFERENCE|DESIGN)\b(?:\.md)?,? (?P<part>§ ?\d+|R ?\d+)"
    r"|\b(?P<whole>STYLE|CAMERAS|UI\.md)\b"
)
ADR_NAME = re.compile(r"^(?P<number>\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$")
ADR_PARTS = ("Context", "Decision", "Consequences")
MOST_LINES_OF_AN_ADR = 60


def missing(names: Iterable[str], page: str) -> list[str]:
    """Return the names that do not stand as `code` in a page, sorted.

    A name counts when it is a whole piece of code or begins one, so that `GET /a` is not found in
    `GET /a/{b}` but `cli.py run` is in `cli.py run --help`.
    """
    pieces = re.findall(r"`([^`\n]+)`", page)
    pieces += [line.strip() for block in _FENCE.findall(page) for line in block.splitlines()]
    return sorted(
        name
        for name in set(names)
        if not any(piece == name or piece.startswith(f"{name} ") for piece in pieces)
    )


def link_faults(path: Path, text: str, root: Path) -> list[str]:
    """Return every link or image of a document that leads to no file or heading of ours."""
    faults = []
    for _, target, image in _LINK.findall(_FENCE.sub("", text)):
        address = target or image
        if re.match(r"^(https?|mailto):", address):
            continue
        name, _, heading = address.partition("#")
        file = (root / path).parent / name if name else root / path
        if not file.exists():
            faults.append(f"{path}: {address} does not exist")
        elif heading and file.suffix == ".md" and heading not in headings(file.read_text("utf-8")):
            faults.append(f"{path}: {address} names no heading")
    return faults


def headings(text: str) -> set[str]:
    """Return the anchors of a document's headings, made the way repository hosts make them."""
    found = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.M)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in found)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in plain}


def citations(text: str) -> set[str]:
    """Return the briefs a file cites, e.g. `DOMAIN R1` or `REFERENCE §2`, sections only."""
    return {
        match["whole"] or f"{match['brief']} {match['part'].replace(' ', '')}"
        for match in _CITED.finditer(text)
    }


def adr_faults(name: str, text: str) -> list[str]:
    """Return what keeps a decision record from the one shape: title, state, three parts, a page."""
    match = ADR_NAME.match(name)
    if match is None:
        return [f"{name}: is not named NNNN-what-was-decided.md"]
    faults = []
    if not re.match(rf"# {match['number']}\. \S", text):
        faults.append(f"{name}: does not begin with its number and title")
    if not re.search(r"^(Accepted|Superseded by \[\d{4}\]\([^)]+\)), \w+ \d{4}\.$", text, re.M):
        faults.append(f"{name}: does not say whether and when it was accepted")
    if tuple(re.findall(r"^## (.+)$", text, re.M)) != ADR_PARTS:
        faults.append(f"{name}: has not exactly the parts {', '.join(ADR_PARTS)}")
    if len(text.splitlines()) > MOST_LINES_OF_AN_ADR:
        faults.append(f"{name}: is longer than a page ({MOST_LINES_OF_AN_ADR} lines)")
    return faults
