"""Keeps the words of the pages in step with the names communities give their categories."""

from __future__ import annotations

from actions.catalogue.reading import entry_of
from components.wording import learn
from components.words_script import forget_words
from data.store import Store
from data.writer import Commit


def keep_words(store: Store) -> None:
    """Learn every community's own names now, and again whenever somebody changes a catalogue.

    A code has one name in one installation: actions/catalogue/editing.py holds it to that.
    """

    def read() -> None:
        rows = store.rows("category/of_community", community_id=None)
        entries = [entry_of(row) for row in rows]
        learn({f"category.{e.code}": (e.name_zh, e.name_en or e.name_zh) for e in entries})
        forget_words()

    def changed(commit: Commit) -> None:
        if any(noun == "category" for noun, _ in commit.touched):
            read()

    store.on_commit(changed)
    read()
