"""The words of an alarm's states and verdicts, and the sentence for every refusal."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "alarm_state.active_unack": ("报警中，未确认", "Active, not acknowledged"),
    "alarm_state.active_ack": ("报警中，已确认", "Active, acknowledged"),
    "alarm_state.cleared_unack": ("已恢复，未确认", "Cleared, not acknowledged"),
    "alarm_state.cleared_ack": ("已恢复，已确认", "Cleared, acknowledged"),
    "alarm_verdict.real": ("属实", "Real"),
    "alarm_verdict.false": ("误报", "False alarm"),
    "alarm_verdict.test": ("测试", "Test"),
    "error.alarm_closed": ("报警已关闭", "The alarm is closed already"),
    "error.alarm_active": (
        "设备仍在报警，不能由人工解除",
        "The device still reports it, so it cannot be ended by hand",
    ),
    "error.alarm_verdict_unknown": (
        "请选择属实、误报或测试",
        "Say whether it was real, false or a test",
    ),
    "error.shelf_invalid": (
        "屏蔽需写明原因和结束时间（最长 {longest_h} 小时）",
        "Silencing needs a reason and an end, at most {longest_h} hours off",
    ),
    "error.escalation_invalid": ("升级步骤无效", "The escalation step is not valid"),
}
