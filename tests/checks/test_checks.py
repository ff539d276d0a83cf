"""Proves that every check of the architecture test can fail, and passes what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks import imports, shape, writing


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("rules/cases.py", "from data.store import Store"),  # the core knows no table
        ("rules/cases.py", "import pandas"),  # nor a third-party package
        ("data/store.py", "from actions import recording"),  # against the arrow
        ("data/store.py", "from settings import Settings"),  # values come as arguments
        ("components/ticker.py", "from data.store import Store"),  # components never fetch
        ("components/ticker.py", "import duckdb"),  # duckdb has one home
        ("api/cases.py", "from pages import callbacks"),  # edges never meet
        ("api/cases.py", "from ingest.base import Sink"),
        ("pages/desk.py", "from api.services import Services"),
        ("pages/desk.py", "from app import Services"),
        ("pages/desk.py", "from . import wall"),  # a page is a leaf
        ("app.py", "import pages.wall"),
        ("ingest/http/parse.py", "from ingest.files.encoding import decode"),  # sources stand alone
        ("ingest/http/parse.py", "from ..files import encoding"),
        ("exports/week.py", "from components import frame"),  # only figures go on paper
        ("settings/model.py", "from rules.vocabulary import CHANNELS"),
        ("cli.py", "from tests.checks import shape"),
        ("actions/x.py", "def f() -> None:\n    from api import errors"),  # also inside a function
        ("newlayer/x.py", "import os"),  # a new top level is decided, not drifted into
    ],
)
def test_an_import_against_the_directions_is_reported(path: str, line: str) -> None:
    pages, folders = frozenset({"pages.wall"}), frozenset({"http", "files"})
    faults = imports.import_faults(Path(path), line, pages, folders)
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}:")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("rules/cases.py", "import numpy as np\nfrom pydantic import BaseModel\nimport re"),
        ("actions/x.py", "from data.store import Store\nfrom rules import records"),
        ("pages/desk.py", "from pages.callbacks import page_callback\nimport dash"),
        ("ingest/http/__init__.py", "from ingest.base import Source\nfrom . import parse"),
        ("exports/week.py", "from components.figures import days"),
        ("tests/pages/test_wall.py", "from pages import wall"),
    ],
)
def test_an_import_along_the_directions_passes(path: str, line: str) -> None:
    pages, folders = frozenset({"pages.wall"}), frozenset({"http", "files"})
    assert imports.import_faults(Path(path), line, pages, folders) == []


def test_a_page_is_a_module_of_pages_that_registers_itself() -> None:
    texts = {
        Path("pages/wall.py"): "import x\n\nregister_page(__name__)",
        Path("pages/registration.py"): "def register_page(module): ...",
        Path("pages/callbacks.py"): "def page_callback(): ...",
        Path("api/cases.py"): "register_page(1)",
    }
    assert imports.page_modules_of(texts) == {"pages.wall"}


def test_a_file_of_301_lines_is_reported_and_one_of_300_is_not() -> None:
    assert shape.length_faults(Path("a.py"), "x\n" * 301)
    assert not shape.length_faults(Path("a.py"), "x\n" * 300)
    assert shape.median_faults([121, 121, 10])
    assert not shape.median_faults([120, 300, 10])


def test_a_function_of_51_lines_is_reported_with_its_line() -> None:
    text = "import os\n\ndef f():\n" + "    x = 1\n" * 50
    assert shape.function_faults(Path("a.py"), text) == ["a.py:3: f has 51 lines, at most 50"]
    assert not shape.function_faults(Path("a.py"), text.removesuffix("    x = 1\n"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "import os\n"),
        ("a.py", '"""no sentence"""\n'),
        ("a.js", "const a = 1;\n"),
        ("a.css", "body { margin: 0 }\n"),
    ],
)
def test_a_module_without_a_first_sentence_is_reported(path: str, text: str) -> None:
    assert shape.docstring_faults(Path(path), text)


def test_a_public_function_without_a_docstring_is_reported() -> None:
    text = "def f(): ...\ndef _g(): ...\n@overload\ndef h(): ...\nclass K:\n    '''A noun.'''\n"
    assert shape.public_docstring_faults(Path("a.py"), text) == [
        "a.py:1: f is public and has no docstring"
    ]


@pytest.mark.parametrize("path", ["data/utils.py", "api/case_helpers.py", "common/x.py"])
def test_a_name_that_says_nothing_is_reported(path: str) -> None:
    assert shape.name_faults(Path(path))
    assert not shape.name_faults(Path("data/commonwealth.py"))


@pytest.mark.parametrize(
    "text",
    [
        "select case_id from case_now;",  # no header
        "-- All.\nselect * from case_now;",
        "-- All.\nselect now.* from case_now as now;",
        "-- All.\nselect case_id, now.* from case_now as now;",
        "-- Make.\ncreate table t (case_id varchar primary key);",
        "-- Put.\ninsert into t values (1) on conflict do nothing;",
        "-- Make.\ncreate index i on t (a);",
        "-- Loud.\nSELECT case_id from case_now;",
    ],
)
def test_a_query_against_the_sql_rules_is_reported(text: str) -> None:
    assert writing.sql_faults(Path("data/sql/case/x.sql"), text)


def test_a_plain_query_passes() -> None:
    text = "-- How many SELECTed.\nselect count(*) as n, a * 2 as b, 'primary key' as c from t;"
    assert writing.sql_faults(Path("x.sql"), text) == []


@pytest.mark.parametrize(
    "handler",
    [
        "except:\n    pass  # because of the weather today",
        "except Exception:\n    pass",
        "except (OSError, Exception):\n    pass",
        "except Exception:  # noqa: BLE001\n    pass",
    ],
)
def test_a_catch_all_without_a_reason_is_reported(handler: str) -> None:
    assert writing.error_faults(Path("a.py"), f"try:\n    f()\n{handler}\n")


@pytest.mark.parametrize(
    "handler",
    [
        "except OSError:\n    pass",
        "except Exception:  # noqa: BLE001 - a unit may raise anything\n    pass",
        "except Exception:\n    # the task's top level\n    pass",
        "except BaseException:\n    undo()\n    raise",
    ],
)
def test_a_named_or_explained_catch_passes(handler: str) -> None:
    assert writing.error_faults(Path("a.py"), f"try:\n    f()\n{handler}\n") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pages/a.py", "dcc.Interval(interval=1000)"),
        ("pages/a.py", "dcc.Markdown(x, dangerously_allow_html=True)"),
        ("pages/a.py", 'html.Img(src="https://tiles.example.org/1.png")'),
        ("assets/a.js", 'fetch("//cdn.example.org/x.js")'),
        ("assets/a.js", 'new WebSocket("wss://feed.example.org/live")'),
        ("assets/a.js", "element.innerHTML = name;"),
        ("assets/a.css", "@import url(https://fonts.example.com/x.css);"),
    ],
)
def test_polling_raw_html_and_other_hosts_on_a_page_are_reported(path: str, text: str) -> None:
    assert writing.page_faults(Path(path), text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pages/a.py", '"""See https://example.org/spec."""\nurl = "/api/v1/live"'),
        ("assets/a.js", "// https://example.org/spec\n/* http://example.org */ const a = b / c;"),
        ("assets/a.js", 'fetch("/api/v1/map/demo"); const s = `ws://${location.host}/x`;'),
        ("assets/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    ],
)
def test_own_paths_comments_and_namespaces_pass(path: str, text: str) -> None:
    assert writing.page_faults(Path(path), text) == []


def test_sql_bare_ids_and_colours_in_python_are_reported() -> None:
    path = Path("pages/a.py")
    assert writing.composed_sql_faults(path, 'run("select case_id from case_now")')
    assert not writing.composed_sql_faults(path, 'run("case/open")\nx = "select a row"')
    assert writing.bare_id_faults(path, 'html.Div(id="list")')
    assert not writing.bare_id_faults(path, "html.Div(id=ids.DESK_LIST)")
    assert writing.colour_faults(path, 'style = {"color": "#0af"}')
    assert writing.colour_faults(Path("assets/a.css"), "a { color: rgb(1 2 3) }")
    assert not writing.colour_faults(Path("assets/a.css"), "a { color: var(--ink) } /* #fff */")
