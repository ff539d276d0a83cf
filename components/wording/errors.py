"""The sentence for every error code of rules, store, sources and API, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.unknown": ("操作未完成（{code}）", "That did not work ({code})"),
    "error.rule_violation": ("不符合规则", "The rules do not allow this"),
}
