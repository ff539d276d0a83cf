"""`import cameras`: taken once, says per row what is wrong, shows no secret."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from actions.cameras.register import CameraDesk, CameraDraft
from actions.cameras.sources import camera_sources
from actions.notify.posting import Guard
from cameras.model import CameraSource
from commands.context import Context
from commands.imports import run_import
from commands.quarantine import run_quarantine
from data.store import Store
from rules.viewer import Viewer
from settings import Settings
from tests.commands.shell import Shell, Words, counts

HEADER = (
    "编号,名称,经度,纬度,朝向,接入方式,地址,用户名,密码,"
    "国标编码,法定类别,拍摄部位,提示标识,保存天数\n"
)
SECRET, HOST = "geheim-90210", "10.8.7.6"
GB = "34020000001320000001"


def row(number: int = 1, **more: str) -> str:
    """One row of the list; `more` replaces cells by name."""
    cells = {
        "id": f"cam-{number}",
        "name": f"东门 {number}号",
        "lon": "113.4",
        "lat": "33.3",
        "heading": "90",
        "kind": "RTSP",
        "address": f"rtsp://{HOST}/live/{number}",
        "user": "viewer",
        "password": SECRET,
        "gb": GB,
        "law": "第九条",
        "site": "出入口",
        "sign": "有",
        "days": "30",
        **more,
    }
    return ",".join(cells.values()) + "\n"


class CameraShell(Shell):
    """Imports camera lists and reads what the hub would get."""

    def __init__(self, store: Store, var: Path) -> None:
        super().__init__(store, var)
        self.said = ""

    def load(self, text: str) -> dict:
        words = Words()
        context = Context(self.store, Settings(var=self.var), words, self.vault)
        run_import(context, "camera", self.file(HEADER + text), "cameras", "demo")
        self.said += str(words.lines + words.errors)
        return words.result

    def sources(self) -> list[CameraSource]:
        return list(camera_sources(self.store, self.vault.keyring, Path("films")).values())

    def quarantine(self) -> str:
        words = Words()
        context = Context(self.store, Settings(var=self.var), words, self.vault)
        run_quarantine(context, "demo")
        return "\n".join(words.lines)

    def desk(self) -> CameraDesk:
        viewer = Viewer("account", "a", "admin", frozenset({"demo"}))
        return CameraDesk(self.store, self.vault.audit, self.vault.keyring, Guard(), viewer, "demo")


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> CameraShell:
    return CameraShell(store, tmp_path)


def test_a_list_is_taken_once_and_becomes_sources(shell: CameraShell) -> None:
    assert shell.load(row(1) + row(2)) == counts(new=2)
    assert shell.load(row(1) + row(2)) == counts(unchanged=2)
    first = next(s for s in shell.sources() if s.url.endswith("/1"))
    assert (first.kind, first.user, first.password) == ("rtsp", "viewer", SECRET)
    kept = shell.desk().listing()[0]
    assert (kept["gb_id"], kept["legal_class"], kept["site"]) == (GB, "art9", "gate")
    assert (kept["sign_posted"], kept["heading_deg"]) == (True, 90.0)
    assert shell.sql("select distinct kind from device_now") == [("camera",)]


def test_a_changed_password_replaces_the_old_one_and_its_key(shell: CameraShell) -> None:
    shell.load(row())
    old = shell.sql("select secret_id from camera_now")[0][0]
    assert shell.load(row(password="neu-1")) == counts(changed=1)
    assert shell.sources()[0].password == "neu-1"
    assert shell.vault.keyring.state_of(old) == "erased"


def test_what_was_changed_by_hand_stays_until_the_row_changes(shell: CameraShell) -> None:
    shell.load(row())
    kept = shell.desk().listing()[0]
    values = {**kept, "owner": "青禾物业"}
    shell.desk().save(CameraDraft(kept["device_id"], values, version=kept["version"]))
    assert shell.load(row()) == counts(unchanged=1)
    assert shell.desk().listing()[0]["owner"] == "青禾物业"


# what is wrong with a row, its code and its field
FAULTS = [
    ({"law": ""}, "field_missing", "legal_class"),
    ({"site": "卫生间"}, "camera_site_forbidden", "site"),
    ({"gb": "12345"}, "camera_gb_id", "gb_id"),
    ({"gb": "34020000001110000001"}, "camera_gb_id", "gb_id"),  # 111 is a recorder
    ({"address": "http://10.8.7.6/x"}, "camera_scheme_wrong", None),
    ({"address": ""}, "setup_value_missing", None),
    ({"address": "live"}, "camera_address_invalid", None),
    ({"law": "第七条", "days": "7"}, "camera_retention_short", None),
    ({"kind": "ONVIF"}, "field_invalid", "source_kind"),
    ({"sign": "也许"}, "field_invalid", "sign_posted"),
]


@pytest.mark.parametrize(("more", "code", "field"), FAULTS)
def test_a_row_that_cannot_be_taken_says_why(
    shell: CameraShell, more: dict[str, str], code: str, field: str | None
) -> None:
    assert shell.load(row(1, **more) + row(2)) == counts(new=1, quarantined=1)
    assert shell.sql("select code, field from quarantine") == [(code, field)]
    assert len(shell.sources()) == 1


def test_no_secret_shows_in_listings_logs_or_tables(
    shell: CameraShell, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        shell.load(row(1))
        # A shifted column: the password stands where other things should.
        shell.load(
            row(2, law=SECRET) + row(3, lon=SECRET) + row(4, address=f"http://u:{SECRET}@{HOST}/")
        )
    listed = shell.quarantine()
    assert listed.count("\n") == 2
    clear = listed + shell.said + caplog.text
    for (table,) in shell.sql("select table_name from information_schema.tables"):
        clear += str(shell.sql(f"from {table}"))
    assert SECRET not in clear and HOST not in clear


def test_the_list_leaves_one_line_in_the_audit(shell: CameraShell) -> None:
    shell.load(row(1) + row(2))
    lines = shell.sql("select action, detail from audit_event")
    assert [line[0] for line in lines] == ["camera.import"]
    assert '"new": 2' in lines[0][1]
