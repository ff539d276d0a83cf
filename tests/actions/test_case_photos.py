"""Photos of cases: kept once, bare, for whom the case is in reach, and gone when their time is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from actions.access import NotAllowed, NotThere, current_viewer
from actions.cases.photo_files import photo_files, place_photos
from actions.cases.photos import (
    MOST_OF_A_KIND,
    PhotosTooMany,
    attach,
    attach_photo,
    photos_of,
    read,
    read_photo,
)
from actions.images import ImageBroken
from actions.rights.retention import request_run
from data.backup import back_up, check_backup
from data.errors import BackupBroken
from data.store import Store
from rules.viewer import Viewer
from tests.case_desk import CaseDesk
from tests.rights_stage import Stage, officer


def picture(colour: str = "red", *, located: bool = False) -> bytes:
    written = BytesIO()
    exif = Image.Exif()
    if located:
        exif[0x010E] = "王某某家门口"
    Image.new("RGB", (40, 30), colour).save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[CaseDesk]:
    place_photos(store, tmp_path / "var" / "photos")
    yield CaseDesk(store).set_up()


def as_viewer(viewer: Viewer, work: Any, *given: Any) -> Any:
    token = current_viewer.set(viewer)
    try:
        return work(*given)
    finally:
        current_viewer.reset(token)


def files(store: Store) -> list[Path]:
    return sorted(path for path in photo_files(store).folder.rglob("*") if path.is_file())


def test_a_photo_is_kept_bare_with_its_kind_and_read_again(desk: CaseDesk) -> None:
    case_id = desk.report()
    photo_id = attach(desk.store, case_id, picture(located=True), "report", "link:1")
    (row,) = as_viewer(
        desk.viewers["officer"], photos_of, desk.store, desk.viewers["officer"], case_id
    )
    assert (row["photo_id"], row["kind"], row["width"], row["height"]) == (
        photo_id,
        "report",
        40,
        30,
    )
    jpeg = read(desk.store, case_id, photo_id)
    assert len(jpeg) == row["size_bytes"]
    with Image.open(BytesIO(jpeg)) as image:
        assert not image.getexif()
    assert "王".encode() not in jpeg
    (path,) = files(desk.store)
    assert path.stat().st_mode & 0o077 == 0


def test_a_photo_sent_twice_is_kept_once(desk: CaseDesk) -> None:
    case_id = desk.report()
    first = attach(desk.store, case_id, picture("red"), "report", "link:1", source_id="p1")
    assert attach(desk.store, case_id, picture("red"), "report", "link:1") == first
    assert attach(desk.store, case_id, picture("blue"), "report", "link:1", source_id="p1") == first
    assert len(files(desk.store)) == 1
    other = attach(desk.store, case_id, picture("red"), "after", "account:1")
    assert other != first and len(files(desk.store)) == 2


def test_what_is_refused_leaves_no_file(desk: CaseDesk) -> None:
    with pytest.raises(NotThere):
        attach(desk.store, "nothing", picture(), "report", "link:1")
    case_id = desk.report()
    with pytest.raises(ImageBroken):
        attach(desk.store, case_id, b"\xff\xd8\xff broken", "report", "link:1")
    assert files(desk.store) == []
    for number in range(MOST_OF_A_KIND):
        attach(desk.store, case_id, picture(f"rgb(0,0,{number * 20})"), "report", "link:1")
    with pytest.raises(PhotosTooMany):
        attach(desk.store, case_id, picture("white"), "report", "link:1")
    assert len(files(desk.store)) == MOST_OF_A_KIND


def test_only_who_reaches_the_case_and_may_read_texts_sees_its_photos(desk: CaseDesk) -> None:
    case_id = desk.report(area_id="g1")
    photo_id = attach(desk.store, case_id, picture(), "report", "link:1")
    other = desk.report("r2")
    for login in ("officer", "secretary"):
        asking = desk.viewers[login]
        assert as_viewer(asking, read_photo, desk.store, asking, case_id, photo_id)
    for login, error in (("subdistrict", NotAllowed), ("privacy", NotAllowed), ("crew", NotThere)):
        asking = desk.viewers[login]
        with pytest.raises(error):
            as_viewer(asking, read_photo, desk.store, asking, case_id, photo_id)
    officer = desk.viewers["officer"]
    with pytest.raises(NotThere):
        as_viewer(officer, read_photo, desk.store, officer, other, photo_id)
    with pytest.raises(NotAllowed):
        reader = desk.viewers["subdistrict"]
        as_viewer(reader, attach_photo, desk.store, reader, case_id, picture(), "after")


def test_a_backup_counts_and_hashes_the_photos(desk: CaseDesk, tmp_path: Path) -> None:
    photo_id = attach(desk.store, desk.report(), picture(), "report", "link:1")
    (path,) = files(desk.store)
    path.with_suffix(".part").write_bytes(b"half")
    back_up(desk.store, tmp_path / "var", None, tmp_path / "copy")
    kept = check_backup(tmp_path / "copy")["files"]["photos"]
    assert (kept["n"], kept["bytes"]) == (1, path.stat().st_size)
    copied = tmp_path / "copy" / "files" / "photos" / path.parent.name / f"{photo_id}.jpg"
    copied.write_bytes(picture("blue"))
    with pytest.raises(BackupBroken) as broken:
        check_backup(tmp_path / "copy")
    assert broken.value.fields["reason"] == "files_differ"


def test_retention_removes_pictures_and_rows_of_cases_long_closed(register: Stage) -> None:
    desk = CaseDesk(register.store)
    old = datetime(2020, 1, 1, tzinfo=UTC)
    ended = old + timedelta(days=1)
    closed = desk.report("closed", status="closed", reported_at=old, closed_at=ended)
    fresh = desk.report("open")
    kept = [attach(register.store, each, picture(), "report", "link:1") for each in (closed, fresh)]
    asked = (officer("privacy"), "demo", ["case_photo"], "到期照片的清理")
    request_run(register.approvals, *asked, wait=True)
    assert [path.stem for path in files(register.store)] == kept[1:]
    assert register.sql("select photo_id from case_photo_event") == [(kept[1],)]
    assert register.sql("select photo_id from case_photo_now") == [(kept[1],)]
    assert register.sql("select class, subjects from retention_run where kind = 'done'") == [
        ("case_photo", 1)
    ]
