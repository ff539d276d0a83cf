"""Every action the product audits has its words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from actions.setup.step import StepKind
from components.wording import knows
from data.audit_anchor import MarkKind
from data.audit_check import FaultKind
from data.audit_line import Result
from rules.privacy import ACTIONS
from tests.checks import project

LAYERS = ("actions", "api", "pages", "commands", "data", "app.py")
AUDITS = re.compile(r"\b(line_for|AuditLine|request_line)\b")
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
NO_ACTIONS = re.compile(r"^(http|websocket|lifespan|audit)\.|\.(key|json|duckdb|toml)$")


def codes_of(path: Path) -> set[str]:
    """The dotted words of a file that writes audit lines; those that are phrases are left out."""
    source = project.read(path)
    if path.parts[0] not in LAYERS or not AUDITS.search(source):
        return set()
    words = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {w for w in words if CODE.fullmatch(w) and not NO_ACTIONS.search(w) and not knows(w)}


def test_every_audited_action_has_a_word() -> None:
    found = {code: path for path in project.files(".py") for code in codes_of(path)}
    assert {"account.create", "person.unmask", "keyring.rotate"} <= set(found)
    missing = {code: str(path) for code, path in found.items() if not knows(f"audit.action.{code}")}
    assert not missing


@pytest.mark.parametrize("action", ["audit.read", "audit.export", "audit.overflow", *ACTIONS])
def test_actions_a_role_may_take_have_words(action: str) -> None:
    assert knows(f"audit.action.{action}")


def test_results_faults_and_steps_have_words() -> None:
    for kind, codes in (
        ("audit.result", get_args(Result)),
        ("audit.fault", get_args(FaultKind)),
        ("audit.mark", get_args(MarkKind)),
        ("audit.action", [f"setup.{step}" for step in get_args(StepKind)]),
    ):
        assert [code for code in codes if not knows(f"{kind}.{code}")] == []
