"""The register of workers by callsign, and who leads which zone, grid and building."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.navigation import nothing
from components.setup_form import act, button, choice_field, setup_form, text_field
from components.setup_frame import section, table
from components.wording import local_name, named, text
from rules.vocabulary import WORKER_KINDS

Row = Mapping[str, Any]
Opened = tuple[str, str] | None


def worker_register(
    workers: Sequence[Row], areas: Sequence[Row], organisations: Sequence[Row], opened: Opened
) -> html.Section:
    """The workers and their forms.

    Args:
        workers: Rows of setup/workers.
        areas: Rows of setup/areas.
        organisations: Rows of organisation/register.
        opened: (noun, id) of what is being changed, id empty for a new one; None for nothing.
    """
    rows: list[Sequence[Any]] = []
    for row in workers:
        rows.append(
            [
                row["callsign"],
                named("worker", row["kind"]),
                local_name(dict(row), stem="area"),
                local_name(dict(row), stem="organisation"),
                text("setup.leads_n", n=row["leads"]) if row["leads"] else "",
                act("open", text("setup.edit"), "worker", row["worker_id"]),
            ]
        )
        if opened == ("worker", row["worker_id"]):
            rows.append([_worker_form(row, areas, organisations)])
    names = ("callsign", "kind", "area_id", "organisation_id")
    headings = [*(text(f"setup_field.{name}") for name in names), text("setup.leaders"), ""]
    empty = nothing(text("setup.no_workers_title"), text("setup.no_workers_hint"))
    return section(
        "setup.workers",
        table(headings, rows, text("setup.workers")) if rows else empty,
        _worker_form(None, areas, organisations)
        if opened == ("worker", "")
        else act("open", text("setup.new_worker"), "worker"),
        hint=text("setup.workers_hint"),
        count=f"{len(workers):,}",
    )


def leader_register(areas: Sequence[Row], workers: Sequence[Row], opened: Opened) -> html.Section:
    """Every area with its leader."""
    rows: list[Sequence[Any]] = []
    for row in areas:
        leader = row["callsign"] or html.Span(text("setup.no_leader"), className="setup-absent")
        words = text("setup.change_leader")
        rows.append(
            [
                named("area", row["level"]),
                local_name(dict(row)),
                leader,
                act("open", words, "area", row["area_id"]),
            ]
        )
        if opened == ("area", row["area_id"]):
            rows.append([_leader_form(row, workers)])
    headings = [
        text("setup_field.level"),
        text("setup_field.name_zh"),
        text("setup_field.leader_worker_id"),
        "",
    ]
    empty = nothing(text("setup.no_areas_title"), text("setup.no_areas_hint"))
    led = sum(row["callsign"] is not None for row in areas)
    return section(
        "setup.leaders",
        table(headings, rows, text("setup.leaders")) if rows else empty,
        hint=text("setup.leaders_hint"),
        count=text("setup.count", count=led, total=len(areas)) if areas else "",
    )


def worker_options(workers: Sequence[Row]) -> list[tuple[str, str]]:
    """Workers as choices: callsign and kind."""
    return [(w["worker_id"], f"{w['callsign']} · {named('worker', w['kind'])}") for w in workers]


def area_options(areas: Sequence[Row], levels: Sequence[str]) -> list[tuple[str, str]]:
    """Areas of some levels as choices: level and name."""
    return [
        (a["area_id"], f"{named('area', a['level'])} · {local_name(dict(a))}")
        for a in areas
        if a["level"] in levels
    ]


def _worker_form(row: Row | None, areas: Sequence[Row], organisations: Sequence[Row]) -> html.Form:
    known: Row = row or {}
    fields = [
        text_field(
            "callsign", known.get("callsign"), needed=True, hint=text("setup_hint.callsign")
        ),
        choice_field("kind", [(k, named("worker", k)) for k in WORKER_KINDS], known.get("kind")),
        choice_field(
            "area_id",
            area_options(areas, ("zone", "grid")),
            known.get("area_id"),
            none=text("setup.none"),
        ),
        choice_field(
            "organisation_id",
            [(o["organisation_id"], local_name(dict(o))) for o in organisations],
            known.get("organisation_id"),
            none=text("setup.none"),
        ),
    ]
    buttons = [button("save", text("setup.save"), "main"), button("close", text("setup.cancel"))]
    if row is not None:
        buttons.append(button("remove", text("setup.remove"), confirm=text("setup.remove_confirm")))
    return setup_form(
        fields,
        *buttons,
        noun="worker",
        object_id=known.get("worker_id", ""),
        version=known.get("version", ""),
        label=text("setup.new_worker"),
    )


def _leader_form(row: Row, workers: Sequence[Row]) -> html.Form:
    choice = choice_field(
        "leader_worker_id",
        worker_options(workers),
        row["leader_worker_id"],
        none=text("setup.none"),
    )
    return setup_form(
        [choice],
        button("lead", text("setup.save"), "main"),
        button("close", text("setup.cancel")),
        noun="area",
        object_id=row["area_id"],
        version=row["version"],
        label=text("setup.change_leader"),
    )
