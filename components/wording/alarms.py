"""The words of an alarm's states and verdicts, and the sentence for every refusal."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "alarm_kind.fire": ("火情", "Fire"),
    "alarm_kind.fall": ("跌倒", "Fall"),
    "alarm_kind.manual": ("人工报警", "Raised by hand"),
    "alarm_kind.camera": ("摄像头", "Camera"),
    "alarm_kind.smoke": ("烟雾", "Smoke"),
    "alarm_kind.water_level": ("水位", "Water level"),
    "alarm_kind.septic_gas": ("化粪池气体", "Septic gas"),
    "alarm_kind.electric_fire": ("电气火灾", "Electric fire"),
    "alarm_kind.help_post": ("一键求助", "Help post"),
    "alarm_kind.lift": ("电梯", "Lift"),
    "alarm_kind.fire_lane": ("消防通道", "Fire lane"),
    "alarm_kind.perimeter": ("周界", "Perimeter"),
    "alarm_kind.falling_object": ("高空抛物", "Falling object"),
    "alarm_kind.ebike_charging": ("电动车充电", "E-bike charging"),
    "alarm_kind.gate": ("道闸", "Gate"),
    "alarm_kind.environment": ("环境", "Environment"),
    "alarm_kind.pump": ("水泵", "Pump"),
    "error.alarm_changed": (
        "报警状态已变：{state}。请核对后再操作",
        "The alarm has changed ({state}); look at it again",
    ),
    "error.alarm_move_unknown": ("这一步操作无效：{field}", "This step is not valid: {field}"),
    "error.alarm_kind_unknown": ("没有这种报警类型", "There is no such kind of alarm"),
    "error.alarm_place_unknown": (
        "该地点未登记或不在您的范围内",
        "The place is not registered, or not one of yours",
    ),
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
