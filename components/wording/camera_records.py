"""Words of camera records and of the call register, as (Chinese, English)."""

from __future__ import annotations

_CODES: dict[str, tuple[str, str]] = {
    "camera_kind.mjpeg": ("MJPEG 视频流", "MJPEG stream"),
    "camera_kind.snapshot": ("定时抓图", "Snapshots"),
    "camera_kind.rtsp": ("RTSP 视频流", "RTSP stream"),
    "camera_kind.file": ("循环播放影片", "Film in a loop"),
    "camera_kind.phone": ("工作人员手机", "A worker's phone"),
    "camera_kind.demo": ("演示画面", "Demo scene"),
    "legal_class.art7": ("第七条：法定公共场所", "Art. 7: public place named by law"),
    "legal_class.art9": ("第九条：其他公共场所", "Art. 9: other public place"),
    "legal_class.art33": ("第三十三条：非公共场所", "Art. 33: place that is not public"),
    "camera_site.gate": ("出入口", "Gate"),
    "camera_site.road": ("道路", "Road"),
    "camera_site.lane": ("消防车道", "Fire lane"),
    "camera_site.square": ("广场", "Square"),
    "camera_site.car_park": ("停车场", "Car park"),
    "camera_site.entrance": ("楼栋入口", "Building entrance"),
    "camera_site.lobby": ("大堂、门厅", "Lobby"),
    "camera_site.lift_car": ("电梯轿厢", "Lift car"),
    "camera_site.stairwell": ("楼道、楼梯间", "Stairwell or corridor"),
    "camera_site.park": ("绿地、公园", "Green or park"),
    "camera_site.perimeter": ("周界", "Perimeter"),
    "camera_site.roof": ("楼顶", "Roof"),
    "camera_site.equipment_room": ("设备房", "Equipment room"),
    "camera_site.service_hall": ("服务大厅", "Service hall"),
    "camera_site.sports_culture": ("文体场所", "Sports or culture"),
    "camera_site.waste_station": ("垃圾站点", "Waste station"),
    "camera_site.other": ("其他", "Other"),
    "camera_site.guest_room": ("旅馆客房内", "Inside a guest room"),
    "camera_site.private_dining_room": ("餐饮包间内", "Inside a private dining room"),
    "camera_site.dormitory_room": ("宿舍房间内", "Inside a dormitory room"),
    "camera_site.staff_rest_room": ("职工休息室内", "Inside a staff rest room"),
    "camera_site.bathroom": ("浴室内", "Inside a bathroom"),
    "camera_site.toilet": ("卫生间内", "Inside a toilet"),
    "camera_site.changing_room": ("更衣室内", "Inside a changing room"),
    "camera_site.nursing_room": ("哺乳室内", "Inside a nursing room"),
    "camera_site.fitting_room": ("试衣间内", "Inside a fitting room"),
    "camera_site.home_window": ("住户窗户、屋内", "Into homes or their windows"),
    "view_mode.single": ("单独查看", "By itself"),
    "view_mode.wall": ("轮巡、拼接画面", "In a mosaic"),
    "view_outcome.closed": ("已结束", "Ended"),
    "view_outcome.refused": ("复核未通过，已切断", "Cut off: not confirmed"),
    "view_outcome.lost": ("程序中断，时长不明", "Program stopped; length unknown"),
}

_FIELDS: dict[str, tuple[str, str]] = {
    "setup_field.source_kind": ("接入方式", "Source"),
    "setup_field.address": ("地址", "Address"),
    "setup_field.user": ("用户名", "User name"),
    "setup_field.password": ("密码", "Password"),
    "setup_field.gb_id": ("国标编码", "GB/T 28181 code"),
    "setup_field.fov_deg": ("视场角（度）", "Field of view (degrees)"),
    "setup_field.range_m": ("有效距离（米）", "Range (metres)"),
    "setup_field.legal_class": ("法定类别", "Legal class"),
    "setup_field.site": ("拍摄部位", "What it looks at"),
    "setup_field.camera_owner": ("管理单位", "Managed by"),
    "setup_field.retention_days": ("录像保存天数", "Days the recorder keeps"),
}

_ERRORS: dict[str, tuple[str, str]] = {
    "error.camera_site_forbidden": (
        "《公共安全视频图像信息系统管理条例》第八条禁止在这类部位安装摄像头。",
        "Regulation 799, art. 8, forbids cameras in such a place.",
    ),
    "error.camera_gb_id": (
        "国标编码应为 20 位数字，第 11 至 13 位为 131 或 132（摄像机）。",
        "The GB/T 28181 code has 20 digits; digits 11 to 13 of a camera are 131 or 132.",
    ),
    "error.camera_retention_short": (
        "第七条公共场所的录像至少保存 {least} 天。",
        "Pictures of a public place under art. 7 are kept {least} days at least.",
    ),
    "error.camera_address_invalid": (
        "这不是完整的地址，请照设备说明填写，如 rtsp://主机/路径。",
        "This is no whole address; enter it as the maker writes it, e.g. rtsp://host/path.",
    ),
    "error.camera_scheme_wrong": (
        "这种接入方式的地址应以 {schemes} 开头。",
        "Addresses of this source begin with {schemes}.",
    ),
    "error.camera_film_name": (
        "请只填写影片文件夹中的文件名，如 gate.mp4。",
        "Enter only the name of a file in the folder of films, e.g. gate.mp4.",
    ),
    "error.view_purpose_needed": (
        "单独查看摄像头前请选择用途并写明原因。",
        "Choose a purpose and say why before watching one camera by itself.",
    ),
}

_REGISTER: dict[str, tuple[str, str]] = {
    "camera_reason.no_source": ("尚未登记接入地址", "It has no source on record"),
    "register.camera_viewings": ("视频调阅登记", "Call register of cameras"),
    "audit.subject.camera": ("摄像头", "Camera"),
    "audit.subject.camera_viewing": ("视频调阅", "Viewing"),
    "approval_fact.camera": ("摄像头", "Camera"),
    "audit.subject.camera_still": ("摄像头画面", "Camera still"),
    "audit.action.photo.cover": ("制作遮挡副本", "Make a covered copy"),
    "audit.action.photo.take_back": ("撤回遮挡副本", "Take a covered copy back"),
    "error.still_missing": (
        "摄像头现在没有画面（{reason}）。",
        "The camera gives no picture now ({reason}).",
    ),
    "error.cover_boxes_invalid": (
        "请在照片上画 1 至 {most} 个遮挡框。",
        "Draw 1 to {most} boxes on the picture.",
    ),
    "error.camera_hub_missing": (
        "此处没有读取摄像头：程序未运行，或设置中已关闭摄像头。",
        "No cameras are read here: the app is not running, or the settings switch them off.",
    ),
    "error.camera_unknown": (
        "没有这台摄像头的画面来源。",
        "This camera has no source of pictures.",
    ),
}

_AUDIT: dict[str, tuple[str, str]] = {
    "audit.action.camera.register": ("登记摄像头", "Record a camera"),
    "audit.action.camera.change": ("修改摄像头登记", "Change a camera's record"),
    "audit.action.camera.remove": ("撤销摄像头登记", "Take a camera's record away"),
    "audit.action.camera.import": ("导入摄像头清单", "Import a camera list"),
    "audit.action.camera.viewings_read": ("查阅视频调阅登记", "Read the call register of cameras"),
    "audit.action.camera.test": ("测试摄像头", "Test a camera"),
    "audit.action.camera.view": ("单独查看摄像头", "Watch a camera by itself"),
}

PHRASES: dict[str, tuple[str, str]] = {**_CODES, **_FIELDS, **_ERRORS, **_REGISTER, **_AUDIT}
