"""The dependency audit of `make lint`: what it looks at, and what it makes of the answer."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from tests.checks import project


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", project.ROOT / ".ci" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FAULT = {"id": "PYSEC-1", "fix_versions": ["1.1"]}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([{"name": "a", "version": "1.0", "vulns": [FAULT]}], 1, "a 1.0: PYSEC-1 (mended in 1.1)"),
        (
            [{"name": "a", "version": "1.0", "vulns": [{"id": "P", "fix_versions": []}]}],
            1,
            "no version yet",
        ),
        ([{"name": "a", "version": "1.0", "vulns": []}], 0, "1 dependencies audited"),
        (
            [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "unknown"}],
            0,
            "Not audited: b.",
        ),
        ([{"name": "a", "skip_reason": "unknown"}], 0, "cannot be reached"),
        ([], 0, "cannot be reached"),
    ],
)
def test_a_known_fault_ends_with_1_and_an_unreachable_index_says_so(
    audit: ModuleType, packages: list[dict[str, object]], status: int, said: str
) -> None:
    found, lines = audit.verdict({"dependencies": packages})
    assert found == status
    assert said in "\n".join(lines)


def test_what_is_required_is_audited_with_what_that_requires(audit: ModuleType) -> None:
    found = audit.brought_along(["dash[fastapi]==4.4.1", "tzdata; sys_platform == 'nowhere'"])
    assert {"dash", "fastapi", "starlette"} <= set(found)  # by the extra, and by what that brings
    assert "tzdata" not in found
    assert "pytest" not in found
