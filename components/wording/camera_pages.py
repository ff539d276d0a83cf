"""Words of the pages of the camera register and the call register, as (Chinese, English)."""

from __future__ import annotations

_REGISTER: dict[str, tuple[str, str]] = {
    "desk.nav_camera_register": ("摄像头登记", "Camera register"),
    "cameras.register": ("摄像头登记", "Camera register"),
    "cameras.hint": (
        "设备先在“设置 › 地图”中放置或随清单导入，再在这里登记接入与法定信息。地址和密码只进不出。",
        "Place devices on the set-up map or import a list; their source and legal facts are kept "
        "here. Addresses and passwords go in and never come out.",
    ),
    "cameras.counted": (
        "共 {n} 台，已登记 {known} 台，未登记 {missing} 台。",
        "{n} cameras, {known} with a record, {missing} without.",
    ),
    "cameras.more": (
        "另有 {n} 台未列出，请按名称或状态查找。",
        "{n} more are not listed; look by name or state.",
    ),
    "cameras.none": ("没有找到摄像头。", "No camera was found."),
    "cameras.find": ("名称、编号或国标编码", "Name, id or GB/T 28181 code"),
    "cameras.find_go": ("查找", "Find"),
    "cameras.name": ("名称", "Name"),
    "cameras.place": ("位置", "Place"),
    "cameras.source": ("接入", "Source"),
    "cameras.legal_class": ("法定类别", "Legal class"),
    "cameras.site": ("拍摄部位", "Looks at"),
    "cameras.sign": ("提示标识", "Sign posted"),
    "cameras.police": ("公安机关备案", "Filed with police"),
    "cameras.retention": ("录像保存", "Kept"),
    "cameras.days": ("{n} 天", "{n} days"),
    "cameras.kept": ("地址已保存", "address kept"),
    "cameras.no_address": ("无地址", "no address"),
    "cameras.no_record": ("未登记", "No record"),
    "cameras.yes": ("是", "Yes"),
    "cameras.no": ("否", "No"),
    "cameras.choose": ("请选择", "Choose"),
    "cameras.address_hint": (
        "如 rtsp://主机/子码流；地址中的用户名和密码会被拆出单独加密。",
        "E.g. rtsp://host/sub-stream; a name and password inside are taken apart and sealed.",
    ),
    "cameras.address_kept": (
        "已保存（{scheme}）。留空则不变；地址不再显示。",
        "Kept ({scheme}). Left empty it stays; it is never shown again.",
    ),
    "cameras.legal_hint": (
        "依《公共安全视频图像信息系统管理条例》。小区内部一般属第九条；拿不准按第七条。",
        "By regulation 799. The inside of an estate is usually art. 9; in doubt choose art. 7.",
    ),
    "cameras.site_hint": (
        "第八条所列私密部位一律不予登记。",
        "Private places of art. 8 are never recorded.",
    ),
    "cameras.retention_hint": (
        "录像机的保存天数；本系统不录像。",
        "What the recorder keeps; nothing is recorded here.",
    ),
    "cameras.save": ("保存", "Save"),
    "cameras.test": ("测试", "Test"),
    "cameras.remove": ("撤销登记", "Take record away"),
    "cameras.remove_sure": ("撤销后地址即销毁，再按一次", "The address is destroyed; press again"),
    "cameras.back": ("返回列表", "Back to the list"),
    "cameras.done": ("已保存。", "Done."),
    "cameras.answers": (
        "摄像头有应答：{width} × {height} 像素，用时 {seconds} 秒。",
        "The camera answers: {width} × {height} pixels after {seconds} s.",
    ),
    "cameras.silent": ("摄像头没有画面：{reason}。", "No picture came: {reason}."),
}

_VIEWINGS: dict[str, tuple[str, str]] = {
    "desk.nav_camera_viewings": ("视频调阅", "Camera viewings"),
    "viewings.title": ("视频调阅登记", "Call register of cameras"),
    "viewings.hint": (
        "谁在何时、为何查看了哪台摄像头。轮巡和拼接画面按人、按摄像头、按小时合并。查阅本页也记入审计。",
        "Who watched which camera, when and why. Mosaics are added up by viewer, camera and hour. "
        "Reading this page is audited as well.",
    ),
    "viewings.export": ("申请导出", "Ask for a copy"),
    "viewings.none_title": ("没有符合条件的记录", "Nothing fits"),
    "viewings.none_hint": ("请放宽筛选条件。", "Widen the filter."),
    "viewings.since": ("起始日", "From"),
    "viewings.until": ("截止日", "To"),
    "viewings.camera": ("摄像头", "Camera"),
    "viewings.viewer": ("查看人", "Viewer"),
    "viewings.mode": ("方式", "How"),
    "viewings.any": ("全部", "All"),
    "viewings.filter": ("筛选", "Filter"),
    "viewings.began": ("开始", "Began"),
    "viewings.length": ("时长", "Length"),
    "viewings.why": ("用途与原因", "Why"),
    "viewings.outcome": ("结果", "Outcome"),
    "viewings.second": ("第二人", "Second person"),
    "viewings.lasting": ("进行中", "Under way"),
    "viewings.seconds": ("{n} 秒，{times} 次", "{n} s, {times} times"),
    "viewings.older": ("更早", "Older"),
}

_PICTURES: dict[str, tuple[str, str]] = {
    "pictures.title": ("画面与遮挡", "Stills and covering"),
    "pictures.open": ("调取画面、遮挡人脸车牌", "Take a still, cover faces and plates"),
    "pictures.back": ("返回案件", "Back to the case"),
    "pictures.still": ("调取摄像头画面", "Take a still of a camera"),
    "pictures.still_hint": (
        "当场截取一张画面，经第二人批准后才归入本案；未批准的画面即行删除。",
        "One picture is taken now and joins the case once a second person agrees; otherwise it is "
        "deleted.",
    ),
    "pictures.camera": ("摄像头（由近到远）", "Camera (nearest first)"),
    "pictures.purpose": ("用途", "Purpose"),
    "pictures.reason": ("原因", "Reason"),
    "pictures.ask": ("截取并申请", "Take and ask"),
    "pictures.asked": ("已截取，等待第二人批准。", "Taken; a second person has to agree."),
    "pictures.cover": ("遮挡人脸和车牌", "Cover faces and plates"),
    "pictures.cover_hint": (
        "在照片上拖动画框，盖住所有人脸和车牌；点框可删除。只有遮挡后的副本会给上报人看，原图不公开。",
        "Drag boxes over every face and plate; click a box to remove it. Only the covered copy is "
        "shown to the reporter; the original is not published.",
    ),
    "pictures.save": ("保存遮挡副本", "Save covered copy"),
    "pictures.nothing": ("无人脸车牌", "Nothing to cover"),
    "pictures.nothing_sure": (
        "确认照片中无法认出任何人？再按一次",
        "Nobody can be known on it? Press again",
    ),
    "pictures.take_back": ("撤回副本", "Take the copy back"),
    "pictures.take_back_sure": ("副本即删除，再按一次", "It is deleted; press again"),
    "pictures.box_remove": ("删除此框", "Remove this box"),
    "pictures.covered": ("已公开的遮挡副本", "Covered copies, published"),
    "pictures.none": ("还没有照片。", "There are no photos yet."),
    "pictures.done": ("已保存。", "Done."),
}

PHRASES: dict[str, tuple[str, str]] = {**_REGISTER, **_VIEWINGS, **_PICTURES}
