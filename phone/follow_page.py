"""The private page of a report: how it stands, answers, photos, rating, and what is recorded."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from actions.reporting.following import Followed
from components.case_history import local_time
from components.plain_page import Html, joined, tag
from components.wording import local_name, named, text
from phone.page import field as labelled
from phone.page import hidden, phone_page, said, section
from rules.vocabulary import FINISHED_STATUSES

Row = dict[str, Any]
STARS = (5, 4, 3, 2, 1)


def follow_page(seen: Followed, token: str, number: str, opened: int, note: Html | None) -> str:
    """The whole page.

    Args:
        seen: What the link shows.
        token: Its secret, for the forms.
        number: The masked number, empty without one.
        opened: How often staff opened the number.
        note: What just happened, None for nothing.
    """
    case, zone = seen.case, ZoneInfo(seen.case["timezone"])
    return phone_page(
        text("follow.title"),
        note,
        tag("p", text("follow.keep"), class_="phone-hint"),
        _now(case, zone),
        _steps(seen, zone),
        _photos(seen, token, zone),
        _messages(seen, token, zone),
        _rating(seen, token),
        _recorded(seen, token, number, opened, zone),
        tag("p", tag("a", text("follow.new"), href=f"/report?c={case['community_id']}")),
        mark="follow",
    )


def closed_page(words: str = "") -> str:
    """What stands in the place of a link that opens nothing, or not now."""
    return phone_page(text("follow.closed_title"), tag("p", words or text("follow.closed_hint")))


def _now(case: Row, zone: ZoneInfo) -> Html:
    due = None
    if case["deadline_at"] and case["status"] not in FINISHED_STATUSES:
        due = tag("p", text("follow.due", at=local_time(case["deadline_at"], zone)))
    return section(
        text("follow.now"),
        tag("p", named("status", case["status"]), class_="phone-status"),
        tag("p", named("category", case["category"]), class_="phone-hint"),
        due,
    )


def _steps(seen: Followed, zone: ZoneInfo) -> Html:
    items = [
        tag(
            "li",
            tag("strong", named("status", status)),
            tag("span", f" {local_time(at, zone)}", class_="phone-when"),
            tag("p", told, class_="phone-told") if told else None,
        )
        for status, at, told in seen.steps
    ]
    return section(text("follow.steps"), tag("ol", *items, class_="phone-steps"))


def _photos(seen: Followed, token: str, zone: ZoneInfo) -> Html | None:
    if not seen.photos:
        return None
    pictures = []
    for row in seen.photos:
        kind, at = named("photo", row["kind"]), local_time(row["happened_at"], zone)
        address = f"/r/{token}/photos/{row['photo_id']}"
        picture = tag(
            "img",
            src=address,
            alt=text("photos.alt", kind=kind, at=at),
            loading="lazy",
            width=row["width"],
            height=row["height"],
        )
        pictures.append(tag("figure", picture, tag("figcaption", f"{kind} · {at}")))
    return section(text("follow.photos"), tag("div", *pictures, class_="phone-gallery"))


def _messages(seen: Followed, token: str, zone: ZoneInfo) -> Html:
    items = [
        tag(
            "li",
            tag("strong", text("follow.from_me" if row["link_id"] else "follow.from_staff")),
            tag("span", f" {local_time(row['written_at'], zone)}", class_="phone-when"),
            tag("p", row["note"]),
            class_="phone-mine" if row["link_id"] else "phone-theirs",
        )
        for row in seen.messages
    ]
    words = tag("textarea", name="words", rows=2, maxlength=1000, required=True)
    form = _form(token, "reply", labelled(text("follow.reply"), words), "follow.reply_send")
    listed = tag("ul", *items, class_="phone-messages") if items else None
    return section(text("follow.messages"), listed, form)


def _rating(seen: Followed, token: str) -> Html | None:
    case = seen.own
    if seen.link.kind != "reporter":
        return None
    if case["status"] == "closed":
        given = case["rating"]
        head = said(text("follow.rated", stars=given), "plain") if given else None
        stars = [
            tag(
                "label",
                tag("input", type="radio", name="stars", value=n, required=True),
                tag("span", text("follow.star", stars=n)),
                class_="phone-star",
            )
            for n in STARS
        ]
        words = tag("textarea", name="words", rows=2, maxlength=1000)
        inside = joined([*stars, labelled(text("follow.rate_words"), words)])
        rate = None if given else _form(token, "rate", inside, "follow.rate_send")
        return section(text("follow.rate"), head, rate, _reopen(case, token))
    if case["status"] == "rejected":
        return section(text("follow.reopen"), _reopen(case, token))
    return None


def _reopen(case: Row, token: str) -> Html:
    if case["asked_action"] == "reopen":
        return said(text("follow.reopen_asked"), "plain")
    words = tag("textarea", name="words", rows=2, maxlength=1000, required=True)
    form = _form(token, "reopen", labelled(text("follow.reopen_why"), words), "follow.reopen_send")
    return tag("details", tag("summary", text("follow.reopen")), form)


def _recorded(seen: Followed, token: str, number: str, opened: int, zone: ZoneInfo) -> Html:
    own, none = seen.own, text("follow.rec_none")
    mine = seen.link.kind == "reporter"
    position = ""
    if mine and own["lon"] is not None:
        within = f" ±{own['accuracy_m']:g} m" if own["accuracy_m"] else ""
        position = f"{own['lon']:.5f}, {own['lat']:.5f}{within} ({own['source_crs'] or 'WGS84'})"
    place = local_name(own, stem="place")
    photos = sum(1 for row in seen.photos if row["actor"] == seen.link.actor)
    rows = [
        ("text", own["description"] if mine else ""),
        ("place", place),
        ("address", own["address"] if mine else ""),
        ("position", position),
        ("reported_at", local_time(own["reported_at"], zone)),
        ("photos", str(photos)),
        ("number", number),
        *((("seen", str(opened)),) if number or opened else ()),
    ]
    facts = [
        tag("div", tag("dt", text(f"follow.rec_{name}")), tag("dd", value or none))
        for name, value in rows
    ]
    forget = _form(token, "forget", None, "follow.forget") if number else None
    finished = own["status"] in FINISHED_STATUSES
    erase = (
        _form(token, "erase", None, "follow.erase")
        if finished
        else tag("p", text("follow.erase_later"), class_="phone-hint")
    )
    return tag(
        "details",
        tag("summary", text("follow.recorded")),
        tag("p", text("follow.recorded_hint"), class_="phone-hint"),
        tag("dl", *facts, class_="phone-facts"),
        forget,
        erase,
        class_="phone-part",
        data_part="recorded",
    )


def _form(token: str, deed: str, inside: Html | None, button: str) -> Html:
    return tag(
        "form",
        hidden(deed=deed),
        inside,
        tag("button", text(button), class_="phone-other"),
        method="post",
        action=f"/r/{token}",
        class_="phone-form",
        data_deed=deed,
    )
