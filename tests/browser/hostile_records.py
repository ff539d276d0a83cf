"""A community whose every free text is an attack, recorded through the product's own doors."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recorder import RowResult
from actions.intake.recording import record, record_community
from data.store import Store
from rules.record_fields import clean_text
from rules.records import CommunityRecord, parse_record
from tests.hostile.payloads import XSS

LON, LAT, STEP = 113.4, 33.3, 0.0006
ROUND = range(len(XSS))
NOW = datetime.now(UTC).replace(microsecond=0)


class Texts:
    """Attacks handed out field by field, kept so that a test can look for them on a page."""

    def __init__(self) -> None:
        self.given: dict[str, list[str]] = defaultdict(list)

    def take(self, tag: str, number: int = 0, most: int = 120, markup: bool = True) -> str:
        """Return the attack of a number for a field, short enough; its field stands behind `//`.

        Args:
            tag: The field, e.g. `case.title`.
            number: Counted on, every attack that fits comes in turn.
            most: Characters the field takes.
            markup: False where the field refuses angle brackets and unseen characters.
        """
        end = f"//{tag}" if most >= 60 else ""
        fitting = [
            each
            for each in XSS
            if len(each) + len(end) <= most and (markup or not set(each) & {*"<>", "\u202e"})
        ]
        made = fitting[number % len(fitting)] + end
        self.given[tag].append(clean_text(made) or "")
        return made


def square(number: int, size: float = STEP * 0.8) -> dict[str, Any]:
    """An outline of its own for each number, in rows of five."""
    west, south = LON + number % 5 * STEP, LAT + number // 5 * STEP
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def spot(number: int, nudge: float) -> dict[str, float]:
    """A position inside the outline of a number."""
    return {
        "lon": LON + number % 5 * STEP + STEP * nudge,
        "lat": LAT + number // 5 * STEP + STEP * nudge,
    }


class HostileCommunity:
    """Records everything; `texts.given` holds what stands where, `ids` what to open."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.texts = Texts()
        self.ids: dict[str, list[str]] = {}

    def fill(self) -> HostileCommunity:
        """Record one of each kind for every attack."""
        take = self.texts.take
        community = CommunityRecord(
            community_id="demo",
            name_zh=take("community.name_zh", 1),
            name_en=take("community.name_en", 0),
            lon=LON,
            lat=LAT,
        )
        record_community(self.store, community).result()
        self._ground()
        self._at_work()
        self._cases()
        self._people()
        self._set_aside()
        return self

    def _take_in(self, kind: str, rows: list[dict[str, Any]]) -> None:
        """Record rows as an import does: parsed first, then recorded."""
        records: list[Any] = [parse_record(kind, row) for row in rows]
        results = record(self.store, kind, "demo", "t", records).result()
        self.ids.setdefault(kind, []).extend(_ids(results))

    def _names(self, noun: str, number: int, *fields: str) -> dict[str, str]:
        """A row's names; its id at the source is an attack as well."""
        given = {field: self.texts.take(f"{noun}.{field}", number) for field in fields}
        return {"source_id": f"{noun}{number} {XSS[number]}", **given}

    def _ground(self) -> None:
        areas: list[dict[str, Any]] = [
            {
                **self._names("area", n, "name_zh", "name_en", "code"),
                "level": "zone" if n < 5 else "grid",
                "geometry": square(n),
            }
            for n in ROUND
        ]
        for n, row in enumerate(areas[5:], 5):
            row["parent_id"] = areas[n % 5]["source_id"]
        self._take_in("areas", areas)
        self._take_in(
            "places",
            [
                {
                    **self._names("place", n, "name_zh", "name_en", "attribution"),
                    "kind": ("building", "market")[n % 2],
                    "area_id": areas[n]["source_id"],
                    "geometry": square(n, STEP * 0.4),
                    **spot(n, 0.2),
                }
                for n in ROUND
            ],
        )

    def _at_work(self) -> None:
        place = self.ids["places"]
        self._take_in(
            "devices",
            [
                {
                    **self._names("device", n, "name_zh", "name_en"),
                    "kind": ("camera", "smoke")[n % 2],
                    "place_id": place[n],
                    "state": "online",
                    **spot(n, 0.6),
                }
                for n in ROUND
            ],
        )
        workers = [
            {
                **self._names("worker", n, "callsign"),
                "kind": "grid_worker",
                "on_duty": True,
                "area_id": self.ids["areas"][n],
            }
            for n in ROUND
        ]
        self._take_in("workers", workers)
        positions = [
            {
                "worker_id": row["source_id"],
                "located_at": datetime.now(UTC) - timedelta(seconds=20),
                **spot(n, 0.7),
            }
            for n, row in enumerate(workers)
        ]
        self._take_in("positions", positions)
        notices = [
            {
                **self._names("notice", n, "title_zh", "title_en"),
                "kind": "safety",
                "published_at": NOW - timedelta(minutes=n),
            }
            for n in ROUND
        ]
        self._take_in("notices", notices)

    def _case(self, number: int, **more: Any) -> dict[str, Any]:
        fields = ("title", "description", "address", "category", "locality", "channel")
        return {
            **self._names("case", number, *fields, "source_flag"),
            "place_id": self.ids["places"][number],
            "area_id": self.ids["areas"][number],
            "reported_at": NOW - timedelta(hours=number + 1),
            "deadline_at": NOW + timedelta(minutes=10 * number - 60),
            "limit_kind": "source",
            **more,
        }

    def _cases(self) -> None:
        self._take_in("cases", [self._case(n, version=1) for n in ROUND])
        # Once more, changed: the history shows what it was before.
        self._take_in("cases", [self._case(n, version=2, status="accepted") for n in range(5)])

    def _people(self) -> None:
        take, place = self.texts.take, self.ids["places"]
        building = self.texts.given["place.name_zh"]
        people = [
            {
                "source_id": f"p{n} {XSS[n]}",
                "name": take("person.name", n, 60),
                "phone": f"199-0000-{n:04}".replace("-", ""),
                "place_id": place[n % 4] if n else None,  # enough of each to be counted
                "building": None if n else building[0],
                "unit": take("person.unit", n, 20),
                "door": take("person.door", n, 20),
                "address": take("person.address", n, 200),
                "employer": take("person.employer", n),
                "emergency_name": take("person.emergency_name", n, 60),
                "household_id": f"h{n} {XSS[n]}",
                "relation": "head",
                "residence": "own",
            }
            for n in ROUND
        ]
        self._take_in("persons", people)
        self._take_in(
            "enterprises",
            [
                {
                    **self._names("enterprise", n, "name_zh", "industry"),
                    "address": take("enterprise.address", n, 200),
                    "contact_name": take("enterprise.contact_name", n, 60),
                    "place_id": place[n],
                }
                for n in ROUND
            ],
        )
        files = [
            {**self._names("building", n, "property_company"), "place_id": place[n]} for n in ROUND
        ]
        self._take_in("building_files", files)
        visits = [
            {
                "source_id": f"care {XSS[n]}",
                "place_id": place[n % 2],
                "person_id": self.ids["persons"][n],
                "visit_every_days": 7,
            }
            for n in range(12)
        ]
        self._take_in("care_recipients", visits)
        self._consents_and_contacts()

    def _consents_and_contacts(self) -> None:
        take = self.texts.take
        self._take_in(
            "consents",
            [
                {
                    "source_id": f"consent {XSS[n]}",
                    "person_id": self.ids["persons"][n],
                    "purpose": "contact",
                    "given_on": "2026-01-05",
                    "paper_ref": "javascript.window.__xss",
                }
                for n in range(3)
            ],
        )
        self._take_in(
            "contacts",
            [
                {
                    "source_id": f"contact {XSS[n]}",
                    "post_zh": take("contact.post_zh", n, 60, markup=False),
                    "post_en": take("contact.post_en", n),
                    "services": ["lift"],
                    "organisation": take("contact.organisation", n),
                    "work_number": f"199-0000-1{n:03}",
                }
                for n in ROUND
            ],
        )

    def _set_aside(self) -> None:
        rows = [
            QuarantinedRow(
                n,
                "field_unknown",
                self.texts.take("quarantine.field", n),
                self.texts.take("quarantine.message", n),
                self.texts.take("quarantine.raw", n),
            )
            for n in ROUND
        ]
        file = self.texts.take("quarantine.file", 1)
        set_aside(self.store, "demo", "files", "cases", file, rows).result()


def _ids(results: list[RowResult]) -> list[str]:
    refused = [each.error for each in results if each.result == "rejected"]
    assert not refused, refused[:3]
    return [str(each.id) for each in results]
