"""What Open311 answers say in words, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "open311.limit": ("办理时限：{limit}", "Time limit: {limit}"),
    "open311.merged": ("已并入 {case}，请关注该件", "Merged into {case}; follow that one"),
    "open311.closed_as": ("{status}：{outcome}", "{status}: {outcome}"),
    "open311.answer": ("{question}：{answer}", "{question}: {answer}"),
    "open311.datatype_string": ("一行文字", "One line of text"),
    "open311.datatype_number": ("数字", "A number"),
    "open311.datatype_datetime": ("日期和时间，带时区", "Date and time with zone"),
    "open311.datatype_text": ("文字，可多行", "Text of any number of lines"),
    "open311.datatype_singlevaluelist": ("选一项", "One of the values"),
    "open311.datatype_multivaluelist": ("可选多项", "Any of the values"),
    "source.open311": ("Open311 接入", "Open311"),
    # Why a server that we pull from did not serve (ingest/open311).
    "error.open311_refused": (
        "Open311 服务器拒绝了请求，请检查地址、辖区和密钥",
        "The Open311 server refused: check endpoint, jurisdiction and key",
    ),
    "error.open311_malformed": (
        "Open311 服务器的答复无法读取",
        "The Open311 server's answer cannot be read",
    ),
    "error.open311_too_dense": (
        "Open311 服务器在一分钟内的件数超过一页，无法分开读取",
        "The Open311 server has more requests in one minute than one answer holds",
    ),
}
