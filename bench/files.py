"""Files of 100,000 made-up residents: search by name and number, masks, import, unmasking."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from actions.access import current_viewer
from actions.files.listing import FilesFilter, FilesReader, files_reader
from actions.files.name_columns import Block
from actions.files.name_index import name_index_of
from actions.files.recording import record_files
from actions.files.unmask import unmask
from actions.intake.recording import record, record_community
from actions.vault import Vault
from bench.process import ROOT, App
from bench.report import Figure, Report, percentile
from data.demo.areas import COMMUNITY_ID, area_records, community_record
from data.demo.dwellings import GIVEN, PHONE_RANGE, SURNAMES
from data.demo.places import building_spots
from data.demo.spots import place_records
from data.store import Store
from rules.identity import id_check_digit
from rules.residents import PersonRecord
from rules.viewer import Viewer

PEOPLE = 100_000
BATCH_ROWS = 5_000
SEARCHES = 200
IMPORT_ROWS = 10_000
SECRETARY = Viewer("account", "bench", "secretary", frozenset({COMMUNITY_ID}))


def measure(report: Report, var: Path) -> None:
    """Fill a store with people, then search, mask, open and import."""
    store = Store.open(f"duckdb:{var / 'yiping.duckdb'}")
    vault = Vault.open(var / "keys", store)
    try:
        filled_s = _fill(store)
        current_viewer.set(SECRETARY)
        now = datetime.now(UTC)
        reader = files_reader(store, vault.keyring, vault.audit, COMMUNITY_ID, now)
        _measure_search(report, reader, filled_s)
        _measure_unmask(report, reader, vault)
    finally:
        vault.close()
        store.close()
    _measure_import(report, var.parent / "import")


def people(count: int, seed: int = 1) -> Iterator[PersonRecord]:
    """Yield made-up residents of the demo plan's buildings; see data/demo/dwellings.py."""
    chance = Random(seed)
    buildings = [spot.source_id for spot in building_spots()]
    for number in range(count):
        year, month, day = chance.randint(1930, 2005), chance.randint(1, 12), chance.randint(1, 28)
        first = f"999999{year}{month:02d}{day:02d}{number % 1000:03d}"
        yield PersonRecord(
            source_id=f"p{number}",
            version=1,
            name=f"{chance.choice(SURNAMES)}演{chance.choice(GIVEN)}",
            id_number=first + id_check_digit(first),
            phone=f"{PHONE_RANGE}{number % 10_000:04d}",
            place_id=buildings[number % len(buildings)],
            unit=f"{number % 4 + 1}单元",
            door=f"{number % 30 + 1}{number % 3 + 1:02d}",
            relation="head",
            residence="own",
        )


def _fill(store: Store) -> float:
    record_community(store, community_record()).result()
    record(store, "areas", COMMUNITY_ID, "bench", area_records()).result()
    record(store, "places", COMMUNITY_ID, "bench", place_records(building_spots())).result()
    rows = list(people(PEOPLE))
    begun = time.perf_counter()
    for start in range(0, PEOPLE, BATCH_ROWS):
        record_files(
            store, "persons", COMMUNITY_ID, "bench", rows[start : start + BATCH_ROWS], enrol=False
        )
    return time.perf_counter() - begun


def _measure_search(report: Report, reader: FilesReader, filled_s: float) -> None:
    index = name_index_of(reader.store)
    begun = time.perf_counter()
    index.ready(COMMUNITY_ID)
    index.settle(600)
    built_s = time.perf_counter() - begun
    chance = Random(2)
    everyone = FilesFilter()
    names = [chance.choice(SURNAMES) + "演" + chance.choice(GIVEN) for _ in range(SEARCHES)]
    pieces = [chance.choice((name, name[1:], name[:1], name[:2])) for name in names]
    by_name = _times(lambda piece: reader.search(piece, everyone, 0), pieces)
    numbers = [f"{PHONE_RANGE}{chance.randrange(10_000):04d}" for _ in range(SEARCHES // 4)]
    by_number = _times(lambda number: reader.search(number, everyone, 0), numbers)
    found = index.search(COMMUNITY_ID, "王", Block(None, None, 0, 50), reader.today)
    page = found.ids if found else []
    masking = _times(lambda _: index.masked(COMMUNITY_ID, page, reader.today), pieces)
    browsing = _times(lambda n: reader.people(everyone, int(n) * 50), [str(n) for n in range(40)])
    total_ms, masked_ms = sum(by_name), sum(masking)
    report.add(
        f"Files of {PEOPLE:,} residents, audited search, first 50 rows masked",
        Figure("recording them (sealing every value)", filled_s, "s"),
        Figure("building the index of names", built_s, "s"),
        Figure("search by a piece of a name, p95", percentile(by_name, 0.95), "ms", 150),
        Figure("search by a piece of a name, median", percentile(by_name, 0.5), "ms"),
        Figure("search by telephone number, p95", percentile(by_number, 0.95), "ms", 150),
        Figure("one block of the whole list, p95", percentile(browsing, 0.95), "ms", 150),
        Figure("masking ÷ search by name", masked_ms / total_ms, "×", 0.10),
    )


def _measure_unmask(report: Report, reader: FilesReader, vault: Vault) -> None:
    listed = reader.people(FilesFilter(), 0).people
    times = _times(
        lambda person_id: unmask(
            reader.store,
            vault.keyring,
            vault.audit,
            SECRETARY,
            person_id,
            "phone",
            "data_correction",
            "measured by the benchmark",
            None,
            datetime.now(UTC),
        ),
        [person.facts.person_id for person in listed[:15]],
    )
    report.add("Opening one value", Figure("audited first, p95", percentile(times, 0.95), "ms"))


def _measure_import(report: Report, var: Path) -> None:
    app = App(var)
    var.mkdir(parents=True, exist_ok=True)
    file = var / "residents.csv"
    columns = {"人员编号": "source_id", "姓名": "name", "身份证号": "id_number",
               "联系电话": "phone", "单元": "unit", "房号": "door"}  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([*columns, "与户主关系", "居住类型", "户编号"])
        for number, row in enumerate(people(IMPORT_ROWS)):
            values = [getattr(row, name) for name in columns.values()]
            writer.writerow([*values, "户主", "自住", f"h{number // 3}"])
    command = ["import", "person", str(file), "--mapping", "residents", "--community", "bench"]
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "cli.py", *command],
        cwd=ROOT,
        env=app.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    took_s = time.perf_counter() - begun
    summary = json.loads(done.stdout.splitlines()[-1])
    if summary["new"] != IMPORT_ROWS:
        raise AssertionError(f"unexpected summary: {summary}")
    report.add(
        f"Import of {IMPORT_ROWS:,} residents with their households, start of Python included",
        Figure("command line", took_s, "s", 20),
    )


def _times(call: Callable[[str], Any], arguments: list[str]) -> list[float]:
    times = []
    for argument in arguments:
        begun = time.perf_counter()
        call(argument)
        times.append((time.perf_counter() - begun) * 1_000)
    return times
