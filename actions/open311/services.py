"""The services a community offers over Open311: the categories in use of its catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from actions.catalogue.reading import categories
from data.store import Store
from rules.catalogue import Entry
from rules.open311 import Question


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of matter that may be reported.

    Attributes:
        entry: Its category.
        questions: What a report is asked, in order.
    """

    entry: Entry
    questions: tuple[Question, ...] = ()


def offered(store: Store, community_id: str, lang: str) -> dict[str, Service]:
    """Return the services of a community by code, in the order of its catalogue.

    Args:
        lang: Language of the questions: zh-CN or en.
    """
    return {
        entry.code: Service(entry, _questions(entry, lang))
        for entry in categories(store, community_id)
    }


def _questions(entry: Entry, lang: str) -> tuple[Question, ...]:
    """The catalogue's questions: free texts that nobody has to answer."""
    column = 1 if lang == "en" else 0
    return tuple(
        Question(f"q{place}", "text", False, pair[column] or pair[0])
        for place, pair in enumerate(entry.questions, 1)
    )
