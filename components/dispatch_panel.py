"""The panel that sends people to a case: who is recommended and why, what is missing, one button.

What one button sends is marked beforehand and can be switched; forms are sent by
assets/door_forms.js like the moves beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dash import dcc, html

from components.attributes import dashed
from components.dispatch_words import gap_words, reason_words, shortfall_words
from components.door_form import door_form
from components.wording import local_name, named, text
from rules.dispatch import Gap, Recommendation, Shortfall, Suggestion

SEND = "send"
KEY = "y"
SHOWN_PER_KIND = 3


class Named(Protocol):
    """A responder as a page names it."""

    @property
    def name_zh(self) -> str:
        """Callsign or name of an organisation, in Chinese."""

    @property
    def name_en(self) -> str | None:
        """The same in English, where there is one."""

    @property
    def called(self) -> bool:
        """True for emergency services."""


@dataclass(frozen=True, slots=True)
class DispatchOffer:
    """What the panel offers.

    Attributes:
        recommendation: What the rules say.
        names: Everybody weighed, by id.
        chosen: Ids that are marked beforehand.
        version: Event of the case it was made for.
        key: Name of the confirmation, made anew each time the panel is shown.
        folded: True where people are on their way and this would only add to them.
    """

    recommendation: Recommendation
    names: Mapping[str, Named]
    chosen: Sequence[str]
    version: str
    key: str
    folded: bool = False


def dispatch_panel(offer: DispatchOffer) -> html.Details:
    """The panel with everything it offers; folded where it would only add to those under way."""
    found = offer.recommendation
    words = text("dispatch.add" if offer.folded else "dispatch.title")
    kinds = list(dict.fromkeys(each.kind for each in found.suggestions))
    groups = [_group(kind, offer) for kind in kinds]
    nobody = [html.P(text("dispatch.nobody"), className="note")] if not kinds else []
    parts = [*nobody, *groups, _gaps(found.gaps), _left_out(found.left_out, offer)]
    return html.Details(
        [
            html.Summary(html.H2(words)),
            door_form(
                [dcc.Input(type="hidden", name="key", value=offer.key), *filter(None, parts)],
                *([_button()] if kinds else []),
                object_id=offer.version,
                style="single dispatch-form",
            ),
        ],
        open=not offer.folded,
        className="sheet case-section dispatch-panel no-print",
        key=f"dispatch-{offer.version}",
    )


def _button() -> html.Button:
    return html.Button(
        [text("dispatch.confirm"), html.Kbd(KEY.upper())],
        type="submit",
        className="door-button main dispatch-confirm",
        **dashed(data_action=SEND, data_move_key=KEY, data_confirm=""),
    )


def _group(kind: str, offer: DispatchOffer) -> html.Div:
    here = [each for each in offer.recommendation.suggestions if each.kind == kind]
    flips = [_flip(each, offer) for each in here]
    content: list[Any] = [
        html.Span(named("responder", kind), className="door-label"),
        html.Div(flips[:SHOWN_PER_KIND], className="dispatch-choices"),
    ]
    if len(flips) > SHOWN_PER_KIND:
        more = text("dispatch.more", n=len(flips) - SHOWN_PER_KIND)
        rest = html.Div(flips[SHOWN_PER_KIND:], className="dispatch-choices")
        content.append(html.Details([html.Summary(more), rest], className="dispatch-more"))
    return html.Div(content, className="door-field wide", role="group")


def _flip(each: Suggestion, offer: DispatchOffer) -> Any:
    responder = offer.names[each.responder_id]
    others = {key: _name(one) for key, one in offer.names.items()}
    reasons = " · ".join(reason_words(reason, others) for reason in each.reasons)
    name = html.Strong(_name(responder))
    if responder.called:
        said = html.Span(text("dispatch.call"), className="dispatch-call")
        return html.Div([name, said, html.Span(reasons)], className="dispatch-choice called")
    first = html.Span(text("dispatch.first"), className="tag") if each.recommended else None
    return html.Button(
        [html.Span([name, first], className="dispatch-name"), html.Span(reasons)],
        type="button",
        role="checkbox",
        className="door-flip dispatch-choice",
        **dashed(
            aria_checked=str(each.responder_id in offer.chosen).lower(),
            data_flips="assignees",
            data_value=each.responder_id,
        ),
    )


def _gaps(gaps: Sequence[Gap]) -> html.Ul | None:
    if not gaps:
        return None
    return html.Ul([html.Li(gap_words(gap)) for gap in gaps], className="dispatch-gaps")


def _left_out(left_out: Sequence[Shortfall], offer: DispatchOffer) -> html.Details | None:
    """Who was not suggested and why; those the category does not ask for are not listed."""
    wanted = [each for each in left_out if each.code not in ("wrong_kind", "wrong_service")]
    if not wanted:
        return None
    codes = list(dict.fromkeys(each.code for each in wanted))
    lines = [
        html.Li(
            shortfall_words(
                code,
                [_name(offer.names[each.responder_id]) for each in wanted if each.code == code],
            )
        )
        for code in codes
    ]
    summary = html.Summary(text("dispatch.left_out", n=len(wanted)))
    return html.Details([summary, html.Ul(lines)], className="dispatch-more")


def _name(one: Named) -> str:
    return local_name({"name_zh": one.name_zh, "name_en": one.name_en})
