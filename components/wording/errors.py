"""The sentence for every error code of rules, store, sources and API, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.unmask_refused": ("明文未显示。", "The value stays masked."),
    "error.unknown": ("操作未完成（{code}）", "That did not work ({code})"),
    # Rules.
    "error.rule_violation": ("不符合规则", "The rules do not allow this"),
    "error.limit_invalid": ("时限无效", "The time limit is not valid"),
    "error.count_invalid": ("数量无效", "The count is not valid"),
    "error.calendar_invalid": ("工作日历无效", "The working calendar is not valid"),
    "error.moment_naive": ("时间缺少时区", "A time comes without its zone"),
    "error.role_unknown": ("没有这个角色", "There is no such role"),
    # Rows of an input.
    "error.field_missing": ("缺少字段 {field}", "Field {field} is missing"),
    "error.field_unknown": ("多出字段 {field}", "Field {field} is not known"),
    "error.field_invalid": ("字段 {field} 的值无效", "The value of {field} is not valid"),
    "error.value_unknown": (
        "字段 {field} 的值不在词表中",
        "The value of {field} is not a known word",
    ),
    "error.id_missing": ("缺少来源编号", "The row has no id of its source"),
    "error.id_repeated": ("来源编号重复", "The row's id comes twice"),
    "error.row_not_object": ("这一行不是一条记录", "The row is not a record"),
    "error.geometry_missing": ("缺少图形", "The geometry is missing"),
    "error.geometry_invalid": ("图形无效", "The geometry is not valid"),
    "error.geometry_too_large": ("图形过大", "The geometry is too large"),
    "error.crs_unknown": ("坐标系不在词表中", "The coordinate system is not a known word"),
    "error.crs_unsupported": ("不支持这个坐标系", "This coordinate system cannot be converted"),
    "error.community_unknown": ("没有这个社区", "There is no such community"),
    # Files.
    "error.file_missing": ("找不到文件", "The file is not there"),
    "error.file_changed": ("文件仍在变化", "The file is still changing"),
    "error.file_too_large": ("文件过大", "The file is too large"),
    "error.file_not_table": ("文件不是表格", "The file is not a table"),
    "error.file_unexpected": ("不接收这种文件", "This kind of file is not taken"),
    "error.archive_unsafe": ("压缩包不安全", "The archive is not safe to open"),
    "error.encoding_unknown": ("无法识别文字编码", "The text encoding cannot be told"),
    "error.columns_missing": ("缺少列", "Columns are missing"),
    "error.mapping_unknown": ("没有这个列映射", "There is no such column mapping"),
    "error.mapping_invalid": ("列映射无效", "The column mapping is not valid"),
    "error.mapping_kind_differs": (
        "列映射属于另一类数据",
        "The mapping is for another kind of data",
    ),
    "error.inbox_name_unknown": ("文件名看不出数据类别", "The file's name does not say its kind"),
    # Sources.
    "error.source_error": ("来源出错", "The source has a fault"),
    "error.source_unreachable": ("连接不上来源", "The source cannot be reached"),
    "error.source_misconfigured": ("来源配置有误", "The source is set up wrongly"),
    "error.source_broken": ("来源程序出错，将重试", "The source failed and will be tried again"),
    "error.source_stopped": ("来源已停止", "The source has stopped"),
    # Store.
    "error.store_error": ("数据库出错", "The store has a fault"),
    "error.store_held": ("数据库正被另一个程序使用", "Another program holds the store"),
    "error.store_busy": ("数据库繁忙，请稍后再试", "The store is busy, try again shortly"),
    "error.store_closed": ("数据库已关闭", "The store is closed"),
    "error.store_too_new": ("数据库由更新的版本建立", "The store was made by a newer version"),
    "error.store_unreadable": ("数据库文件无法读取", "The store's file cannot be read"),
    "error.query_unknown": ("没有这个查询", "There is no such query"),
    "error.backup_broken": ("备份不完整", "The backup is not complete"),
    "error.key_unknown": ("没有这个密钥", "There is no such key"),
    # API.
    "error.not_found": ("没有这一项", "There is no such thing"),
    "error.method_not_allowed": ("不支持这个操作", "This cannot be done here"),
}
