"""The worker's page: today's tasks by place, own reports, messages; no figures about people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from actions.field.day import FieldDay
from components.case_history import local_time
from components.plain_page import Html, joined, tag
from components.told import told
from components.wording import knows, local_name, named, text
from phone.page import field as labelled
from phone.page import hidden, phone_page, said, section
from phone.report_page import category_name
from rules.cases import TEXT_CHARS
from rules.catalogue import Entry
from rules.vocabulary import VIDEO_PURPOSES

Row = dict[str, Any]
SCRIPTS = ("phone_queue", "phone_field", "phone_video")
MOST_TOLD = 6


def field_page(
    day: FieldDay,
    entries: Sequence[Entry],
    word: str,
    client_id: str,
    zone: ZoneInfo,
    note: Html | None,
) -> str:
    """The whole page.

    Args:
        day: What there is to do.
        entries: Categories in use, for the own report.
        word: The form's own word.
        client_id: Random id of a report sent without script.
        zone: The community's time zone.
        note: What just happened, None for nothing.
    """
    duty = "field.on_duty" if day.worker["on_duty"] else "field.off_duty"
    return phone_page(
        text("field.title"),
        *(_banner(run) for run in day.runs),
        tag("p", tag("strong", day.worker["callsign"]), " · ", text(duty), class_="phone-lead"),
        note,
        tag("div", class_="phone-queue", role="status", hidden=True),
        _told(day, zone),
        *_tasks(day, word, client_id, zone),
        _report(day, entries, word, client_id) if day.reports else None,
        _done(day, zone),
        _position(day),
        tag("p", tag("a", text("field.desk"), href="/")),
        tag(
            "div",
            hidden=True,
            data_field=json.dumps(_script_words(), ensure_ascii=False),
            data_csrf=word,
            data_duty="yes" if day.worker["on_duty"] else "no",
        ),
        scripts=SCRIPTS,
        mark="field",
    )


def nobody_page() -> str:
    """What somebody sees whose account belongs to no worker."""
    return phone_page(text("field.title"), tag("p", text("field.sign_out_hint")))


def _banner(run: Row) -> Html:
    title = local_name(run, stem="title")
    code = "field.drill" if run["drill"] else "field.plan"
    return tag("p", text(code, title=title), class_="phone-banner", role="alert")


def _told(day: FieldDay, zone: ZoneInfo) -> Html | None:
    if not day.told:
        return None
    items = []
    for one in day.told[:MOST_TOLD]:
        title, body = told(one.kind, one.facts, zone=zone.key)
        where = f"/cases/{one.subject_id}" if one.kind.startswith(("case_", "task_")) else None
        head = tag("a", title, href=where) if where else tag("strong", title)
        line = tag("span", f" {local_time(one.told_at, zone)}", class_="phone-when")
        items.append(tag("li", head, line, tag("p", body), data_told=one.message_id))
    button = tag("button", text("field.messages_seen"), type="button", class_="phone-seen")
    return section(
        text("field.messages"), tag("ul", *items, class_="phone-messages"), button, mark="told"
    )


def _tasks(day: FieldDay, word: str, client_id: str, zone: ZoneInfo) -> list[Html]:
    if not day.open:
        return [section(text("field.none"), mark="none")]
    parts = []
    for place, rows in groupby(day.open, key=lambda row: row["place_zh"]):
        tasks = list(rows)
        name = local_name(tasks[0], stem="place") if place else text("field.no_place")
        cards = [_task(row, word, f"{client_id}{n}", zone) for n, row in enumerate(tasks)]
        parts.append(tag("section", tag("h2", name), *cards))
    return parts


def _task(row: Row, word: str, client_id: str, zone: ZoneInfo) -> Html:
    deeds: list[Html] = []
    if row["status"] == "sent":
        deeds.append(_deed(row, "accept", word, client_id, None, go=True))
    if row["status"] in ("sent", "accepted"):
        deeds.append(_deed(row, "start", word, client_id, None, go=row["status"] == "accepted"))
    deeds.append(_folded("field.finish", _finish(row, word, client_id)))
    deeds.append(_folded("field.return", _return(row, word, client_id)))
    deeds.append(_call(row))
    due = text("field.due", at=local_time(row["due_at"], zone)) if row["due_at"] else ""
    return tag(
        "article",
        tag("p", tag("strong", named("category", row["category"]))),
        tag("p", named("task_status", row["status"]), " ", due, class_="phone-hint"),
        tag("p", tag("a", text("field.open_case"), href=f"/cases/{row['case_id']}")),
        *deeds,
        class_=f"phone-part phone-task phone-{row['urgency']}",
        data_task=row["task_id"],
        data_case=row["case_id"],
    )


def _deed(
    row: Row, deed: str, word: str, client_id: str, inside: Html | None, go: bool = False
) -> Html:
    return tag(
        "form",
        hidden(csrf=word, deed=deed, task=row["task_id"], id=client_id, at=""),
        inside,
        tag("button", text(f"field.{deed}"), class_="phone-go" if go else "phone-other"),
        method="post",
        action="/field/task",
        enctype="multipart/form-data",
        class_="phone-form",
        data_deed=deed,
    )


def _finish(row: Row, word: str, client_id: str) -> Html:
    inside = joined(
        [
            labelled(text("field.finish_words"), _words()),
            labelled(text("field.before"), _photos("before")),
            labelled(text("field.after"), _photos("after")),
        ]
    )
    return _deed(row, "finish", word, client_id, inside)


def _return(row: Row, word: str, client_id: str) -> Html:
    return _deed(row, "return", word, client_id, labelled(text("field.return_why"), _words()))


def _words() -> Html:
    least, most = TEXT_CHARS
    return tag("textarea", name="words", rows=2, minlength=least, maxlength=most, required=True)


def _photos(name: str) -> Html:
    return tag("input", type="file", name=name, accept="image/*", multiple=True)


def _folded(code: str, form: Html) -> Html:
    return tag("details", tag("summary", text(code)), form)


def _call(row: Row) -> Html:
    """Hidden until the script has found a camera: without one, and without HTTPS, nothing calls."""
    purposes = [tag("option", named("video_purpose", code), value=code) for code in VIDEO_PURPOSES]
    return tag(
        "div",
        labelled(text("video.why"), tag("select", *purposes, name="purpose")),
        tag("button", text("field.call"), type="button", class_="phone-other"),
        class_="phone-calling",
        hidden=True,
        data_call=row["task_id"],
    )


def _report(day: FieldDay, entries: Sequence[Entry], word: str, client_id: str) -> Html:
    kinds = [tag("option", text("report.category_auto"), value="")]
    kinds += [tag("option", category_name(entry), value=entry.code) for entry in entries]
    places = [tag("option", text("field.report_here"), value="")]
    places += [tag("option", local_name(row), value=row["place_id"]) for row in day.places]
    form = tag(
        "form",
        hidden(csrf=word, id=client_id, at="", lon="", lat="", accuracy=""),
        labelled(text("field.report_photo"), _photos("photo")),
        labelled(text("report.category"), tag("select", *kinds, name="category")),
        labelled(text("report.place"), tag("select", *places, name="p")),
        labelled(text("field.report_words"), tag("textarea", name="text", rows=2, maxlength=2000)),
        tag("button", text("field.report_send"), class_="phone-go"),
        method="post",
        action="/field/report",
        enctype="multipart/form-data",
        class_="phone-form",
        data_deed="report",
    )
    return tag(
        "details",
        tag("summary", text("field.report")),
        form,
        class_="phone-part",
        data_part="report",
    )


def _done(day: FieldDay, zone: ZoneInfo) -> Html | None:
    if not day.done:
        return None
    items = [
        tag(
            "li",
            tag("a", named("category", row["category"]), href=f"/cases/{row['case_id']}"),
            f" · {local_name(row, stem='place')} · {local_time(row['finished_at'], zone)}",
        )
        for row in day.done
    ]
    return section(text("field.done"), tag("ul", *items, class_="phone-list"))


def _position(day: FieldDay) -> Html:
    box = tag("input", type="checkbox", name="share", disabled=not day.worker["on_duty"])
    share = tag("label", box, text("field.position_share"), class_="phone-choice phone-share")
    return tag("section", share, tag("p", text("field.position_hint"), class_="phone-hint"))


def _script_words() -> dict[str, Any]:
    codes = ("saved", "sent", "refused", "sending", "stale")
    calls = (
        "calling", "live", "hang_up", "ended", "no_camera", "missed", "declined", "lost", "hung_up",
    )  # fmt: skip
    words = {code: text(f"field.{code}") for code in codes}
    return words | {code: text(f"video.{code}") for code in calls}


def refused(code: str) -> Html | None:
    """What is said of a refusal whose code stands in the address; None for unknown ones."""
    return said(text(f"error.{code}"), "bad") if knows(f"error.{code}") else None
