"""Holds what requirements.txt brings along against the published advisories, by pip-audit.

Ends with 1 where a fault is known. Where the advisories cannot be reached, it says so in one line
and ends with 0: a machine that is cut off can be linted as well.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PATIENCE_S = 300


def brought_along(lines: list[str]) -> dict[str, str]:
    """Return every package of requirement lines and of what these require, with its version.

    Read from what is installed here, so it is what runs.
    """
    found: dict[str, str] = {}
    wanted = [Requirement(line) for line in lines]
    while wanted:
        one = wanted.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not any(_holds(one, e) for e in ("", *one.extras))):
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # for another system
            continue
        for text in requires(name) or ():
            further = Requirement(text)
            extras = ("", *one.extras)
            if further.marker is None or any(_holds(further, extra) for extra in extras):
                further.marker = None
                wanted.append(further)
    return dict(sorted(found.items()))


def verdict(report: dict[str, object]) -> tuple[int, list[str]]:
    """Return exit status and lines for pip-audit's report.

    A package that no service knows was not audited, which is not the same as being well.
    """
    packages: list[dict[str, object]] = report.get("dependencies", [])  # type: ignore[assignment]
    bad = [
        f"{package['name']} {package['version']}: {fault['id']}"
        f" (mended in {', '.join(fault['fix_versions']) or 'no version yet'})"
        for package in packages
        for fault in package.get("vulns", ())  # type: ignore[attr-defined]
    ]
    unknown = [str(package["name"]) for package in packages if "skip_reason" in package]
    if bad:
        return 1, ["Known faults in dependencies:", *bad]
    if len(unknown) == len(packages):
        return 0, ["Dependencies not audited: the advisories cannot be reached from here."]
    audited = len(packages) - len(unknown)
    said = f"{audited} dependencies audited, no known fault."
    return 0, [f"{said} Not audited: {', '.join(unknown)}." if unknown else said]


def main() -> int:
    """Audit and print."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = [re.sub(r"\s+#.*", "", line).strip() for line in text.splitlines()]
    packages = brought_along([line for line in lines if line and not line.startswith("#")])
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        pinned.write_text("".join(f"{name}=={number}\n" for name, number in packages.items()))
        command = [sys.executable, "-m", "pip_audit", "-r", str(pinned), "--no-deps"]
        command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
            )
            report = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):
            report = {}
    status, told = verdict(report)
    print("\n".join(told))
    return status


def _holds(one: Requirement, extra: str) -> bool:
    return one.marker is None or one.marker.evaluate({"extra": extra})


if __name__ == "__main__":
    sys.exit(main())
