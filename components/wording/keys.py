"""Sentences about the keys of sealed values, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.keyring_error": ("密钥无法使用：{path}", "The keys cannot be used: {path}"),
    "error.keys_unreadable": (
        "密钥文件无法读写：{path}（{reason}）",
        "A file of the keys cannot be read or written: {path} ({reason})",
    ),
    "error.keys_incomplete": (
        "密钥文件夹缺少文件或文件为空：{path}。请导入最近一次导出的密钥。",
        "A file of the keys folder is missing or empty: {path}. Import their last export.",
    ),
    "error.keys_mode_wrong": (
        "其他人可以读取密钥：{path} 的权限是 {mode}，应为 {right}。",
        "Others can read the keys: {path} has mode {mode}, it must be {right}.",
    ),
    "error.keys_foreign": (
        "密钥属于另一套安装或另一个用户：{path}",
        "The keys belong to another installation or another user: {path}",
    ),
    "error.keys_held": (
        "另一个进程正在使用这些密钥：{path}",
        "Another process has these keys open: {path}",
    ),
    "error.erasure_journal_broken": (
        "删除日志第 {line} 行被改动或缺失：{path}。请从备份中取回。",
        "Line {line} of the erasure journal was changed or is missing: {path}. Put it back from a "
        "backup.",
    ),
    "error.subject_erased": (
        "此人的信息已按要求删除，不能再登记。",
        "This person was erased and is not registered again under the same id.",
    ),
    "error.subject_without_key": (
        "此人的密钥不在本机。请导入最近一次导出的密钥。",
        "The key of this person is not here. Import the last export of the keys.",
    ),
    "error.seal_broken": (
        "这一项的加密内容被改动，无法读取。",
        "The sealed value of this field was altered and cannot be read.",
    ),
    "error.keys_export_broken": (
        "密钥导出文件无法打开或写入（{reason}）。",
        "The export of the keys cannot be opened or written ({reason}).",
    ),
}
