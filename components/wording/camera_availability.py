"""Words of the states and the availability of cameras, as (Chinese, English)."""

from __future__ import annotations

_STATES: dict[str, tuple[str, str]] = {
    "picture_state.live": ("画面正常", "Live"),
    "picture_state.late": ("画面滞后", "Late"),
    "picture_state.starting": ("正在连接", "Connecting"),
    "camera_outcome.live": ("有画面", "A true picture"),
    "camera_outcome.stalled": ("画面停滞", "Stalled"),
    "camera_outcome.frozen": ("画面冻结", "Frozen"),
    "camera_outcome.hidden": ("全黑、遮挡或模糊", "Black, covered or blurred"),
    "camera_outcome.moved": ("镜头方向已变", "Moved"),
    "camera_outcome.refused": ("不能接入", "Cannot be connected"),
}

_REGISTER: dict[str, tuple[str, str]] = {
    "cameras.now": ("现在", "Now"),
    "cameras.today": ("今日可用率", "Available today"),
    "cameras.seven_days": ("近 7 日可用率", "Last 7 days"),
    "cameras.hours": ("{n} 小时", "{n} h"),
    "cameras.not_seen": ("未查看", "not looked at"),
    "cameras.since": ("自 {at}", "since {at}"),
    "cameras.now_counted": (
        "现在：{working} 台有画面，{faulty} 台故障，{unknown} 台尚无结论。",
        "Now: {working} with a picture, {faulty} not working, {unknown} nobody can tell.",
    ),
    "cameras.available_defined": (
        "摄像头轮流查看，有人观看时持续查看。可用率 = 有真实画面的时间 ÷ 查看的时间 n；"
        "停滞、冻结、全黑、遮挡、移位和不能接入不算有画面，没有查看的时间两边都不计。"
        "每次查看代表上次查看以来的时间，最多两轮；每 {minutes} 分钟记录一次。",
        "Cameras are looked at in turn, and all the time while somebody watches. Availability is "
        "the time with a true picture over the time looked at, n; stalled, frozen, black, "
        "covered, moved and refused is no true picture, and what nobody looked at is in neither. "
        "A look stands for the time since the one before, two turns at most; written down every "
        "{minutes} minutes.",
    ),
    "cameras.show": ("显示", "Show"),
    "camera_show.all": ("全部（故障在前）", "All, not working first"),
    "camera_show.faulty": ("故障", "Not working"),
    "camera_show.refused": ("不能接入", "Cannot be connected"),
    "camera_show.picture": ("从未有过画面", "Never a picture"),
    "camera_show.address": ("没有地址", "No address"),
    "camera_show.place": ("没有地点和网格", "No place and no area"),
    "camera_show.position": ("地图上没有位置", "No position"),
    "camera_show.fov": ("没有视场角", "No field of view"),
    "camera_show.legal_class": ("没有法定类别", "No legal class"),
    "camera_show.sign": ("没有提示标识", "No sign posted"),
}

_WEEK: dict[str, tuple[str, str]] = {
    "week.sheet_cameras": ("摄像头", "Cameras"),
    "week.worst_cameras": ("可用率最低的摄像头", "Least available cameras"),
    "week.column_available": ("可用率", "Available"),
    "week.column_hours": ("查看时间（小时）", "Looked at (h)"),
    "week.column_fault": ("主要故障", "Main fault"),
    "week.column_fault_hours": ("其时长（小时）", "Its time (h)"),
    "week.figure_cameras": ("摄像头", "Cameras"),
    "week.figure_camera_median": ("可用率中位数", "Median availability"),
    "week.figure_camera_total": ("全部可用率", "Availability of all"),
    "week.define_cameras": (
        "现有的，以及本周查看过的摄像头",
        "In use, or looked at within the week",
    ),
    "week.define_camera_median": (
        "本周查看满 1 小时的 n 台：有真实画面的时间 ÷ 查看的时间，取中位数；停滞、冻结、全黑、"
        "遮挡、移位、不能接入不算有画面，没有查看的时间不计",
        "Of the n looked at for an hour at least: time with a true picture over time looked at; "
        "stalled, frozen, black, covered, moved and refused is none, and what nobody looked at "
        "does not count",
    ),
    "week.define_camera_total": (
        "全部摄像头有真实画面的时间之和 ÷ 查看的时间之和 n",
        "Time with a true picture over time looked at, n, all cameras added up",
    ),
}

_SETUP: dict[str, tuple[str, str]] = {
    "setup_part.cameras": ("摄像头", "Cameras"),
    "setup_check.camera_addresses": ("每个摄像头都有接入地址", "Every camera has an address"),
    "setup_why.camera_addresses": (
        "没有地址就没有画面。",
        "Without one no picture comes.",
    ),
    "setup_check.camera_places": (
        "每个摄像头都有地点或网格",
        "Every camera has a place or an area",
    ),
    "setup_why.camera_places": (
        "只管部分网格的人看不到它，也说不出画面在哪里。",
        "Whoever covers some areas only cannot watch it, and nobody can say where it is.",
    ),
    "setup_check.camera_fov": ("每个摄像头都有视场角", "Every camera has a field of view"),
    "setup_why.camera_fov": (
        "地图上看不出镜头能看到多宽。",
        "The map cannot show how wide they look.",
    ),
    "setup_check.camera_classes": ("每个摄像头都有法定类别", "Every camera has a legal class"),
    "setup_why.camera_classes": (
        "未登记类别的一律按第七条，单独查看须第二人确认。",
        "Without one it counts as art. 7: each viewing by itself needs a second person.",
    ),
    "setup_check.camera_signs": ("每个摄像头都有提示标识", "A sign is up for every camera"),
    "setup_why.camera_signs": (
        "《公共安全视频图像信息系统管理条例》第十三条要求设置显著的提示标识。",
        "Regulation 799, art. 13, asks for a sign people can see.",
    ),
    "setup_check.camera_pictures": ("每个摄像头都有过画面", "Every camera has given a picture"),
    "setup_why.camera_pictures": (
        "查看过，却从来没有画面：地址、密码或线路不对。",
        "Looked at, and never a picture: address, password or line is wrong.",
    ),
    "setup_check.camera_refusals": (
        "没有摄像头现在不能接入",
        "No camera is refused now",
    ),
    "setup_why.camera_refusals": (
        "登记中写明每一台的原因，如密码不对、地址不被允许。",
        "The register says why of each, e.g. a wrong password or an address that is not allowed.",
    ),
}

PHRASES: dict[str, tuple[str, str]] = {**_STATES, **_REGISTER, **_WEEK, **_SETUP}
