"""Sentences of the map editor, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "setup_map.map": ("社区地图", "Map of the community"),
    "setup_map.narrow": (
        "编辑地图需要至少 900 像素宽的屏幕；这里可以查看。",
        "Editing the map takes a screen at least 900 px wide; here you can look.",
    ),
    "setup_map.tools": ("工具", "Tools"),
    "setup_map.select": ("选择", "Select"),
    "setup_map.boundary": ("画边界", "Boundary"),
    "setup_map.zone": ("画片区", "Zone"),
    "setup_map.grid": ("画网格", "Grid"),
    "setup_map.place": ("放置", "Place"),
    "setup_map.centre": ("设社区中心", "Set centre"),
    "setup_map.kind": ("放置什么", "What to place"),
    "setup_map.group_building": ("楼栋", "Building"),
    "setup_map.group_key_place": ("重点场所", "Key places"),
    "setup_map.group_facility": ("设施与点位", "Facilities and points"),
    "setup_map.group_device": ("摄像头与设备", "Cameras and devices"),
    "setup_map.hint_select": (
        "点一项打开，再点同一处打开下面一层；拖动图钉移动；拖动边线上的方块改形状。",
        "Click to open, click again for what lies below; drag the pin to move, the squares to "
        "reshape.",
    ),
    "setup_map.hint_draw": (
        "逐点点击，双击或按回车结束；退格删一点，Esc 放弃。靠近已有的角会自动对齐。",
        "Click corner by corner; double-click or Enter ends. Backspace takes one back, Esc drops "
        "it. Near a corner that is there, it snaps.",
    ),
    "setup_map.hint_place": ("在地图上点一下要放的位置。", "Click where it stands."),
    "setup_map.hint_centre": ("在地图上点一下社区中心。", "Click the middle of the community."),
    "setup_map.welcome_title": ("选一项，或用工具新画", "Choose something, or draw it new"),
    "setup_map.welcome_hint": (
        "点地图上的网格、楼栋或设备即可修改。",
        "Click a grid, building or device on the map to change it.",
    ),
    "setup_map.empty_title": ("从社区中心开始", "Begin with the centre"),
    "setup_map.empty_hint": (
        "还没有平面图。输入社区中心的坐标，再画边界和网格；也可以先导入平面图。",
        "There is no plan yet. Enter the centre's coordinates, then draw boundary and grids; or "
        "import a plan first.",
    ),
    "setup_map.new_area": ("新的{level}", "New: {level}"),
    "setup_map.new_object": ("新的{kind}", "New: {kind}"),
    "setup_map.drawn_n": ("已画 {n} 个角", "{n} corners drawn"),
    "setup_map.reshaped": ("形状已改，保存后生效", "Reshaped; save to keep it"),
    "setup_map.moved": ("位置已改，保存后生效", "Moved; save to keep it"),
    "setup_map.to_draw": ("请先在地图上画出范围", "Draw its outline on the map first"),
    "setup_map.to_click": ("请在地图上点出位置", "Click its position on the map"),
    "setup_map.typed": ("输入坐标", "Type coordinates"),
    "setup_map.gaps": ("网格之间的空白", "Gaps between grids"),
    "setup_map.gaps_n": ("{n} 处，共 {area_m2} 平方米", "{n}, {area_m2} m² in all"),
    "setup_map.no_gaps": ("没有空白", "none"),
    "setup_map.no_grids": ("还没有网格", "no grids yet"),
    "setup_map.areas": ("全部区域（{n}）", "All areas ({n})"),
    "setup_map.unplaced": ("没有位置的 {n} 项", "{n} without a position"),
    "setup_map.unplaced_hint": (
        "选一项，再点地图上的位置。",
        "Choose one, then click its position.",
    ),
    "setup_map.from_source": (
        "来自“{source}”。手工修改立即生效；来源之后若有新内容，以新内容为准，清单会提示。",
        "From {source}. Your change counts at once; should the source say otherwise later, the "
        "newer word counts and the checklist says so.",
    ),
    "setup_map.complex": (
        "导入的形状由几块组成，不能逐角修改；可以重画。",
        "This imported outline has several parts and cannot be reshaped by hand; draw it anew.",
    ),
    "setup_map.redraw": ("重画", "Draw anew"),
    "setup_map.area_m2": ("{n} 平方米", "{n} m²"),
}
