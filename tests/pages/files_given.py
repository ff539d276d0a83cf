"""A store with files behind the pages, for whoever is signed in."""

from __future__ import annotations

from actions.files.recording import record_files
from actions.vault import Vault
from data.store import Store
from rules.residents import EnterpriseRecord
from tests.files_stage import TODAY, FilesStage

HOSTILE = "<script>alert(1)</script>"


def filled(store: Store, vault: Vault) -> FilesStage:
    """People, a child, a household, an enterprise; hostile words in every field that takes any."""
    stage = FilesStage(store, vault).set_up()
    stage.wang(
        care_category="bereaved",
        care_consent_on=TODAY,
        employer=HOSTILE,
        address=HOSTILE,
        emergency_name=HOSTILE[:60],
    )
    stage.child()
    stage.person("9", name=HOSTILE[:60])
    record_files(
        store,
        "enterprises",
        "demo",
        "t",
        [EnterpriseRecord(source_id="e", name_zh=HOSTILE, industry=HOSTILE, place_id="b1")],
    )
    stage.index()
    return stage
