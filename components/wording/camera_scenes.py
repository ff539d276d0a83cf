"""Words of the scenes drawn on cameras' pictures, as (Chinese, English)."""

from __future__ import annotations

_CODES: dict[str, tuple[str, str]] = {
    "scene_kind.occupancy": ("占用（有物停留）", "Occupied: something stands in it"),
    "scene_kind.crossing": ("越线", "Line crossed"),
    "scene_kind.night": ("区域内有动静", "Motion in the zone"),
    "scene_kind.water": ("地面积水", "Water on the ground line"),
    "scene_direction.any": ("双向", "Both ways"),
    "scene_direction.to_left": ("只报向左（按箭头）", "To the left only (see the arrow)"),
    "scene_direction.to_right": ("只报向右（按箭头）", "To the right only (see the arrow)"),
    "scene_state.waiting": ("等待画面", "Waits for a picture"),
    "scene_state.learning": ("正在学习地面，暂不报警", "Learns the ground, finds nothing yet"),
    "scene_state.watching": ("正在看护", "Watches"),
    "scene_state.off": ("未运行", "Not running"),
}

_PAGE: dict[str, tuple[str, str]] = {
    "desk.nav_camera_scenes": ("画面看护区", "Scenes"),
    "scenes.title": ("画面看护区", "Scenes on cameras' pictures"),
    "scenes.hint": (
        "在画面上画出消防车道、围墙等，被占用或越过时报警，由人确认。只看场景，不认人、不认车牌。",
        "Draw a fire lane or a fence on the picture; what stands in it or crosses it raises an "
        "alarm that a person confirms. Scenes are watched, never people or plates.",
    ),
    "scenes.all": ("全部看护区", "All scenes"),
    "scenes.none": ("还没有看护区。请先选择摄像头。", "There is none yet. Choose a camera first."),
    "scenes.none_here": ("此摄像头还没有看护区。", "This camera has no scene yet."),
    "scenes.camera": ("摄像头", "Camera"),
    "scenes.choose": ("请选择", "Choose"),
    "scenes.open": ("打开", "Open"),
    "scenes.back": ("返回全部看护区", "Back to all scenes"),
    "scenes.name": ("名称", "Name"),
    "scenes.name_hint": ("如：3号楼前消防车道", "E.g. the lane before building 3"),
    "scenes.kind": ("类型", "Kind"),
    "scenes.hours": ("时段", "Hours"),
    "scenes.always": ("全天", "Always"),
    "scenes.state": ("状态", "State"),
    "scenes.false": ("近 30 天", "Last 30 days"),
    "scenes.verdicts": (
        "报警 {raised} 次（检测 {found} 次）：属实 {real}，误报 {wrong}，测试 {test}",
        "{raised} alarms ({found} detections): real {real}, false {wrong}, test {test}",
    ),
    "scenes.of_camera": ("整台摄像头近 30 天：{words}", "The camera, last 30 days: {words}"),
    "scenes.no_alarms": ("无报警", "No alarm"),
    "scenes.draw": ("新画看护区", "Draw a scene"),
    "scenes.change": ("修改", "Change"),
    "scenes.changing": ("修改：{name}", "Change: {name}"),
    "scenes.remove": ("删除", "Remove"),
    "scenes.remove_sure": ("删除后不再看护，再按一次", "It is watched no more; press again"),
    "scenes.relearn": ("重新学习地面", "Learn the ground anew"),
    "scenes.relearn_sure": ("请确认区域内无物，再按一次", "Is the zone free now? Press again"),
    "scenes.save": ("保存", "Save"),
    "scenes.direction": ("方向", "Direction"),
    "scenes.first": ("开始时间", "From"),
    "scenes.last": ("结束时间", "Until"),
    "scenes.hours_hint": (
        "24 小时制，如 22:00 至 06:00；都留空为全天。",
        "As 22:00 and 06:00; leave both empty for always.",
    ),
    "scenes.seconds": ("停留多少秒后报警", "Seconds until it counts"),
    "scenes.sensitivity": ("灵敏度（0–100）", "Sensitivity (0–100)"),
    "scenes.sensitivity_hint": (
        "误报多时调低，漏报多时调高。",
        "Lower it where alarms are false, raise it where things are missed.",
    ),
    "scenes.how": (
        "点击画面添加顶点，拖动可移动，双击或按 Delete 删除。请在区域内无物时绘制。",
        "Click to add a corner, drag to move it, double-click or press Delete to take it away. "
        "Draw while the zone is free.",
    ),
    "scenes.ground": (
        "画面为数秒合成的地面灰度图，不含行人和过车；每次查看均记入审计。",
        "The picture is the grey ground over some seconds, without those who pass; each look is "
        "audited.",
    ),
    "scenes.making": ("正在合成地面画面，约 8 秒…", "Making the picture, about 8 s…"),
    "scenes.no_ground": ("摄像头现在没有画面。", "The camera gives no picture now."),
    "scenes.again": ("再试一次", "Try again"),
    "scenes.stage": ("绘制区", "Where to draw"),
    "scenes.corner": ("顶点 {n}", "Corner {n}"),
    "scenes.add": ("在中央加一点", "Add a point in the middle"),
    "scenes.clear": ("重画", "Begin anew"),
    "scenes.done": ("已保存。", "Saved."),
    "scenes.removed": ("已删除。", "Removed."),
    "scenes.relearns": ("将从下一幅画面起重新学习。", "It learns anew from the next picture on."),
    "setup_field.scene_name": ("名称", "Name"),
}

_ERRORS: dict[str, tuple[str, str]] = {
    "error.scene_wrong": ("这个看护区无法使用。", "This scene cannot be watched."),
    "error.scene_kind": ("请选择看护类型。", "Choose what to watch for."),
    "error.scene_direction": ("请选择方向。", "Choose a direction."),
    "error.scene_points": (
        "请在画面上绘制：区域要 3 至 24 个顶点，线要两个端点。",
        "Draw on the picture: a zone has 3 to 24 corners, a line two ends.",
    ),
    "error.scene_outside": ("顶点超出了画面。", "A corner lies outside the picture."),
    "error.scene_small": (
        "画得太小，或线条自相交叉，看不清。",
        "It is too small to see anything in it, or crosses itself.",
    ),
    "error.scene_hours": (
        "时段请写成 22:00 和 06:00，都留空为全天。",
        "Write hours as 22:00 and 06:00, or leave both empty.",
    ),
    "error.scene_seconds": ("秒数应在 2 到 3600 之间。", "Seconds lie between 2 and 3600."),
    "error.scene_sensitivity": (
        "灵敏度应在 0 到 100 之间。",
        "Sensitivity lies between 0 and 100.",
    ),
    "error.scene_many": (
        "一台摄像头最多 8 个看护区。",
        "A camera has at most 8 scenes.",
    ),
    "error.scene_ground_missing": (
        "摄像头现在没有画面（{reason}）。",
        "The camera gives no picture now ({reason}).",
    ),
}

_AUDIT: dict[str, tuple[str, str]] = {
    "audit.subject.scene": ("画面看护区", "Scene"),
    "audit.action.scene.draw": ("画看护区", "Draw a scene"),
    "audit.action.scene.change": ("修改看护区", "Change a scene"),
    "audit.action.scene.remove": ("删除看护区", "Remove a scene"),
    "audit.action.scene.relearn": ("重新学习地面", "Have a scene learn its ground"),
    "audit.action.scene.look": ("查看地面画面", "Look at a camera's ground"),
}

PHRASES: dict[str, tuple[str, str]] = {**_CODES, **_PAGE, **_ERRORS, **_AUDIT}
