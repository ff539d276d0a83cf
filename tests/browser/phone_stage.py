"""A small community with a worker sent to a case, served by the real app to phones and a desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.intake.recording import record
from actions.users.sessions import Sessions
from bench.session import open_session, sign_in
from data.store import Store
from rules.records import PlaceRecord
from tests.case_desk import CaseDesk

WEST, SOUTH = 113.0, 33.0


@dataclass
class PhoneStage:
    """The app with what the tests ask for.

    Attributes:
        app: The running app.
        case_id: A case worker w1 was sent to.
        task_id: The task.
        places: Ids of buildings by name.
        cookies: Cookies of browsers by login.
    """

    app: Any
    case_id: str
    task_id: str
    places: dict[str, str]
    cookies: dict[str, dict[str, str]]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read from the store once the app has stopped."""
        store = Store.open(f"duckdb:{self.app.database}")
        try:
            return store.cursor().execute(query).fetchall()
        finally:
            store.close()


def house(number: int) -> PlaceRecord:
    """A building with an outline."""
    west, south = WEST + 0.0006 * (number % 3), SOUTH + 0.0005 * (number // 3)
    corners = [(0, 0), (0.0004, 0), (0.0004, 0.0002), (0, 0.0002), (0, 0)]
    ring = [[west + x, south + y] for x, y in corners]
    return PlaceRecord(
        source_id=f"h{number}",
        kind="building",
        name_zh=f"{number}号楼",
        name_en=f"Building {number}",
        lon=west + 0.0002,
        lat=south + 0.0001,
        geometry={"type": "Polygon", "coordinates": [ring]},
    )


def set_up(folder: Path, app_class: Any) -> PhoneStage:
    """Fill a store, sign two people in and start the app on it."""
    app = app_class(folder)
    store = Store.open(f"duckdb:{app.database}")
    desk = CaseDesk(store).set_up()
    made = record(store, "places", "demo", "t", [house(n) for n in range(1, 10)]).result()
    case_id = desk.report("phone-1")
    desk.to("dispatched", case_id)
    task_id = store.rows("task/of_case", case_id=case_id)[0]["task_id"]
    sessions = Sessions(store)
    cookies = {login: sign_in(sessions, f"a-{login}") for login in ("grid1", "officer")}
    cookies["wall"] = open_session(store, sessions, "wall", "demo")
    sessions.close()
    store.close()
    app.start()
    places = {f"{n}号楼": str(row.id) for n, row in enumerate(made, 1)}
    return PhoneStage(app, case_id, task_id, places, cookies)
