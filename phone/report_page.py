"""The resident's page: what, where, of what kind, pictures, a number if wanted, and one button."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from components.case_history import local_time
from components.plain_page import Html, joined, tag
from components.wording import current_language, local_name, named, text
from phone.page import field as labelled
from phone.page import hidden, phone_page, said, section
from rules.catalogue import Entry
from rules.reports import ADDRESS_MOST, ANSWER_MOST, MOST_PHOTOS, TEXT_MOST

Row = dict[str, Any]
SCRIPTS = ("phone_queue", "phone_report")


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the form shows.

    Attributes:
        client_id: Random id of this report, made for whoever has no script.
        community: Row of view/community.
        places: What can be chosen.
        entries: Categories in use.
        values: What was typed before, by field.
        place: The place of the QR code, where there is one.
        suggested: Category the words suggest; empty before they were looked at.
        near: Open reports to follow; None before anybody looked.
        error: What is wrong, empty where nothing is.
        on_behalf: True where staff enter it for a caller.
        word: The form's own word where staff use it; empty for residents.
        has_plan: True where a plan can be tapped on.
        bounds: Degrees of its edges: west, south, east, north.
    """

    client_id: str
    community: Row
    places: Sequence[Row]
    entries: Sequence[Entry]
    values: Mapping[str, str] = field(default_factory=dict)
    place: Row | None = None
    suggested: str = ""
    near: Sequence[Row] | None = None
    error: str = ""
    on_behalf: bool = False
    word: str = ""
    has_plan: bool = False
    bounds: tuple[float, float, float, float] | None = None
    height_share: float = 1.0


def report_page(form: ReportForm) -> str:
    """The whole page."""
    address = "/report/desk" if form.on_behalf else "/report"
    body = tag(
        "form",
        hidden(id=form.client_id, c=form.community["community_id"], csrf=form.word),
        hidden(lon="", lat="", accuracy="", crs="WGS84", at=""),
        _what(form),
        _where(form),
        _kind(form),
        _pictures(),
        _contact(form),
        tag("button", text("report.send"), class_="phone-go", name="step", value="send"),
        method="post",
        action=address,
        enctype="multipart/form-data",
        class_="phone-form",
        data_words=json.dumps(_script_words(), ensure_ascii=False),
        data_look=f"{address.partition('/desk')[0]}/look",
    )
    kept = {"c": str(form.community["community_id"])}
    if form.place:
        kept["p"] = str(form.place["place_id"])
    title = text("report.title_desk" if form.on_behalf else "report.title")
    return phone_page(
        title,
        tag("p", local_name(form.community), class_="phone-lead"),
        tag("p", text("report.emergency"), class_="phone-hint") if not form.on_behalf else None,
        said(form.error, "bad") if form.error else None,
        tag("div", class_="phone-queue", role="status", hidden=True),
        body,
        None if form.on_behalf else tag("p", text("report.privacy"), class_="phone-hint"),
        scripts=SCRIPTS,
        links=kept,
        mark="report",
    )


def category_name(entry: Entry) -> str:
    """The name of a category in the language of the request."""
    return local_name({"name_zh": entry.name_zh, "name_en": entry.name_en or ""})


def questions_of(entry: Entry | None) -> list[str]:
    """The questions of a category in the language of the request."""
    english = current_language.get() == "en"
    return (
        [pair[1] if english and pair[1] else pair[0] for pair in entry.questions] if entry else []
    )


def near_words(row: Row, zone: ZoneInfo) -> str:
    """One open report nearby: when, how far, how it stands; nothing anybody wrote."""
    where = (
        text("report.same_building")
        if row["distance_m"] is None
        else text("report.metres", metres=round(row["distance_m"]))
    )
    at = local_time(row["reported_at"], zone)
    return text("report.near_one", at=at, where=where, status=named("status", row["status"]))


def _what(form: ReportForm) -> Html:
    area = tag(
        "textarea",
        form.values.get("text", ""),
        name="text",
        rows=4,
        maxlength=TEXT_MOST,
        required=True,
        placeholder=text("report.what_example"),
    )
    return section(text("report.what"), area, mark="what")


def _where(form: ReportForm) -> Html:
    chosen = form.values.get("p") or (form.place["place_id"] if form.place else "")
    options = [tag("option", text("report.place_none"), value="")]
    options += [
        tag(
            "option",
            local_name(row),
            value=row["place_id"],
            selected=row["place_id"] == chosen,
        )
        for row in form.places
    ]
    here = None
    if form.place:
        here = said(text("report.place_here", place=local_name(form.place)), "plain")
    address = tag(
        "input",
        name="address",
        maxlength=ADDRESS_MOST,
        value=form.values.get("address", ""),
        autocomplete="off",
    )
    return section(
        text("report.where"),
        here,
        labelled(text("report.place"), tag("select", *options, name="p")),
        tag("button", text("report.locate"), type="button", class_="phone-locate", hidden=True),
        tag("p", class_="phone-hint phone-located", role="status", hidden=True),
        _plan(form),
        labelled(text("report.address"), address, text("report.address_hint")),
        mark="where",
    )


def _plan(form: ReportForm) -> Html | None:
    if not form.has_plan or form.bounds is None:
        return None
    address = f"/report/plan.svg?c={form.community['community_id']}"
    if form.place is not None:
        address += f"&p={form.place['place_id']}"
    picture = tag(
        "img",
        data_src=address,
        alt=text("report.plan_alt"),
        width=1000,
        height=round(1000 * form.height_share),
    )
    return tag(
        "details",
        tag("summary", text("report.plan")),
        tag("div", picture, tag("i", class_="phone-pin", hidden=True), class_="phone-plan"),
        hidden=True,
        class_="phone-map",
        data_bounds=json.dumps(form.bounds),
    )


def _kind(form: ReportForm) -> Html:
    chosen = form.values.get("category") or form.suggested
    options = [tag("option", text("report.category_auto"), value="")]
    options += [
        tag("option", category_name(e), value=e.code, selected=e.code == chosen)
        for e in form.entries
    ]
    entry = next((e for e in form.entries if e.code == chosen), None)
    looked = form.near is not None
    return section(
        text("report.kind"),
        labelled(
            text("report.category"),
            tag("select", *options, name="category"),
            text("report.category_hint"),
        ),
        tag("div", *_questions(entry, form.values), class_="phone-questions"),
        tag("div", *_near(form), class_="phone-near"),
        tag(
            "noscript",
            tag(
                "button",
                text("report.look"),
                class_="phone-other",
                name="step",
                value="look",
            ),
        ),
        said(text("report.looked"), "plain") if looked and not form.near else None,
        mark="kind",
    )


def _questions(entry: Entry | None, values: Mapping[str, str]) -> list[Html]:
    return [
        labelled(
            asked,
            tag(
                "input",
                name=f"answer_{n}",
                maxlength=ANSWER_MOST,
                value=values.get(f"answer_{n}", ""),
                autocomplete="off",
            ),
        )
        for n, asked in enumerate(questions_of(entry))
    ]


def _near(form: ReportForm) -> list[Html]:
    if not form.near or form.on_behalf:
        return []
    zone = ZoneInfo(form.community["timezone"])
    rows = [("", text("report.own")), *((r["case_id"], near_words(r, zone)) for r in form.near)]
    choices = [
        tag(
            "label",
            tag("input", type="radio", name="follow", value=value, checked=n == 0),
            tag("span", words),
            class_="phone-choice",
        )
        for n, (value, words) in enumerate(rows)
    ]
    return [tag("p", text("report.near"), class_="phone-label"), *choices]


def _pictures() -> Html:
    return section(
        text("report.photos"),
        tag("p", text("report.photos_hint", most=MOST_PHOTOS), class_="phone-hint"),
        tag("input", type="file", name="photo", accept="image/*", multiple=True),
        tag("div", class_="phone-pictures"),
        mark="photos",
    )


def _contact(form: ReportForm) -> Html:
    number = tag(
        "input",
        type="tel",
        name="number",
        maxlength=40,
        autocomplete="tel",
        value=form.values.get("number", ""),
    )
    hint = text("report.number_hint")
    return section(text("report.contact"), labelled(text("report.number"), number, hint))


def _script_words() -> dict[str, str]:
    codes = (
        "saved", "sending", "sent", "failed", "locating", "located", "not_located", "tapped",
        "own", "near", "remove", "open_link",
    )  # fmt: skip
    return {code: text(f"report.{code}") for code in codes}


def joined_words(words: Sequence[str]) -> Html:
    """Sentences one below the other."""
    return joined([tag("p", each) for each in words])
