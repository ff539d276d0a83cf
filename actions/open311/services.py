"""The services a community offers over Open311: the categories a report may name."""

from __future__ import annotations

from dataclasses import dataclass

from data.store import Store
from rules.open311 import Question
from rules.vocabulary import CATEGORIES, LimitKind


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of matter that may be reported.

    Attributes:
        code: Category code.
        name_zh, name_en: Its names; empty where only `components/wording` has them.
        urgency: Code of the case-urgency scale, the service's group.
        limit_value: Length of its limit in units of `limit_kind`; None without one.
        questions: What a report is asked, in order.
    """

    code: str
    name_zh: str
    name_en: str
    urgency: str
    limit_value: float | None
    limit_kind: LimitKind | None
    questions: tuple[Question, ...] = ()


def offered(store: Store, community_id: str, lang: str) -> dict[str, Service]:
    """Return the services of a community by code, in the order of its catalogue.

    Args:
        lang: Language of the questions: zh-CN or en.
    """
    return {
        code: Service(code, "", "", each.urgency, each.limit_value, each.limit_kind)
        for code, each in CATEGORIES.items()
    }
