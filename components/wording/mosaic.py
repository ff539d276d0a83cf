"""Sentences of the camera pictures on wall, desk and map, as (Chinese, English)."""

from __future__ import annotations

_MOSAIC: dict[str, tuple[str, str]] = {
    "desk.nav_cameras": ("视频", "Cameras"),
    "mosaic.title": ("视频监控", "Cameras"),
    "mosaic.controls": ("画面布局", "Layout of the pictures"),
    "mosaic.note": ("{n} 路 · 第 {page}/{pages} 组", "{n} · group {page}/{pages}"),
    "mosaic.tiles": ("{n} 画面", "{n} tiles"),
    "mosaic.size": ("画面数", "Number of tiles"),
    "mosaic.group": ("分组", "Group"),
    "mosaic.group_all": ("全部", "All"),
    "mosaic.group_pinned": ("已固定", "Pinned"),
    "mosaic.back": ("上一组", "Previous group"),
    "mosaic.on": ("下一组", "Next group"),
    "mosaic.pause": ("暂停轮巡", "Pause the rotation"),
    "mosaic.go_on": ("继续轮巡", "Go on rotating"),
    "mosaic.pin": ("固定此画面（P）", "Pin this picture (P)"),
    "mosaic.unpin": ("取消固定（P）", "Unpin (P)"),
    "mosaic.close": ("返回（Esc）", "Back (Esc)"),
    "mosaic.starting": ("正在连接摄像头…", "Connecting to the cameras…"),
    "mosaic.no_cameras": (
        "尚未登记摄像头\n登记后在此轮巡",
        "No camera registered yet\nOnce registered, they take turns here",
    ),
    "mosaic.no_pins": (
        "还没有固定的画面\n把指针移到画面上，点右上角圆点即可固定",
        "No picture is pinned\nPoint at one and press the dot in its corner",
    ),
    # What is said across a picture.
    "mosaic.age_now": ("<1 秒", "<1 s"),
    "mosaic.waiting": ("正在取画面", "Waiting for a picture"),
    "mosaic.trying": ("正在重连", "Trying again"),
    "mosaic.for": ("已 {age}", "for {age}"),
    "mosaic.stalled": ("画面停滞 {age}", "Stalled for {age}"),
    "mosaic.no_frame": ("没有画面", "No picture"),
    "mosaic.cut_off": ("与服务器的连接中断", "Cut off from the server"),
    "mosaic.not_connected": ("画面未接入", "No picture yet"),
    "mosaic.refused": ("不能查看", "Not shown"),
    "mosaic.broken": ("画面无法解码", "Not a readable picture"),
    "mosaic.late": ("滞后 {age}", "late, {age}"),
    "picture_state.frozen": ("画面冻结", "Frozen: the same picture again and again"),
    "picture_state.suspected": ("疑似冻结", "Perhaps frozen"),
    "picture_state.black": ("画面全黑", "Black"),
    "picture_state.covered": ("镜头被遮挡或模糊", "Covered or blurred"),
    "picture_state.moved": ("镜头方向已变", "The camera was moved"),
    "picture_state.refused": ("摄像头不能接入", "Cannot be connected"),
    "picture_state.recovering": ("解码恢复中", "Decoder restarting"),
    "picture_state.stalled": ("画面停滞", "Stalled"),
    "picture_state.unknown": ("尚未检查", "Not looked at yet"),
    "picture_link.off": ("视频未启用", "Cameras are switched off"),
    "picture_link.denied": ("无权查看视频", "Your role may not watch"),
    "picture_link.over": ("登录已结束", "Signed out"),
    "picture_link.many": ("打开的视频页面过多", "Too many pages of cameras open"),
    "mosaic.link_off": (
        "视频未启用\n在设置中启用摄像头后在此显示",
        "Cameras are switched off\nThey appear here once the settings allow them",
    ),
    "mosaic.link_denied": ("无权查看视频", "Your role may not watch cameras"),
    "mosaic.link_over": ("登录已结束", "Signed out"),
    "mosaic.link_many": (
        "打开的视频页面过多\n请先关闭其他页面",
        "Too many pages of cameras are open\nClose another one first",
    ),
    # Why a camera stands in front.
    "camera_front.alarm": ("邻近警情", "Alarm nearby"),
    "camera_front.plan": ("预案", "Plan"),
    "camera_front.case": ("紧急诉求", "Urgent case"),
    # One camera by itself.
    "mosaic.why_hint": (
        "单独查看一路画面会记入查看登记。请说明用途和原因。",
        "Watching one camera by itself is written into the register. Say why.",
    ),
    "mosaic.why_purpose": ("用途", "Purpose"),
    "mosaic.why_reason": ("原因", "Reason"),
    "mosaic.look": ("查看画面", "Show the picture"),
}

_REFUSALS: dict[str, tuple[str, str]] = {
    "camera_refusal.not_found": ("不在查看范围内", "Not within your reach"),
    "camera_refusal.view_purpose_needed": ("请先说明用途和原因", "Say purpose and reason first"),
    "camera_refusal.reason_needed": ("请写明原因", "Write down why"),
    "camera_refusal.viewing_refused": (
        "第二人未同意，已停止",
        "The second person did not agree; stopped",
    ),
    "camera_refusal.not_allowed": ("无权单独查看", "Your role may not watch it alone"),
}

# As cameras/reasons.py: why a camera gives no picture.
_REASONS: dict[str, tuple[str, str]] = {
    "camera_reason.address": ("地址不被允许", "Address not allowed"),
    "camera_reason.connect_failed": ("连不上", "Cannot be reached"),
    "camera_reason.decoder": ("无法解码", "Cannot be decoded"),
    "camera_reason.ended": ("视频流已结束", "The stream ended"),
    "camera_reason.file_missing": ("影片文件不存在", "The film is missing"),
    "camera_reason.file_outside": ("影片不在指定目录", "The film lies outside its folder"),
    "camera_reason.header_too_long": ("应答头过长", "Its answer's head is too long"),
    "camera_reason.http_status": ("设备返回错误", "The device answers with an error"),
    "camera_reason.no_frame": ("没有新画面", "No new picture"),
    "camera_reason.no_video": ("没有视频流", "It has no video"),
    "camera_reason.not_found": ("设备上没有此地址", "The device knows no such address"),
    "camera_reason.not_jpeg": ("不是 JPEG 画面", "Not a JPEG"),
    "camera_reason.not_mjpeg": ("不是 MJPEG 视频流", "Not an MJPEG stream"),
    "camera_reason.part_too_large": ("单帧过大", "A frame is too large"),
    "camera_reason.picture_too_large": ("画面尺寸过大", "The picture is too large"),
    "camera_reason.redirected": ("摄像机转到别处，已拒绝", "Leads elsewhere, which is refused"),
    "camera_reason.server_error": ("摄像机忙或出错", "The camera is busy or failing"),
    "camera_reason.scene_unknown": ("没有此演示画面", "No such demo scene"),
    "camera_reason.tls_failed": ("证书或加密连接失败", "Certificate or encryption failed"),
    "camera_reason.too_many_redirects": ("跳转过多", "Too many redirects"),
    "camera_reason.too_slow": ("传输过慢", "Too slow"),
    "camera_reason.unauthorized": ("用户名或密码不对", "User name or password not accepted"),
    "camera_reason.worker": ("解码进程重启", "Decoder process restarted"),
}

PHRASES: dict[str, tuple[str, str]] = {**_MOSAIC, **_REFUSALS, **_REASONS}
