"""Footprints of the demo plan's key places: schools, market, hospital, works, fields of play."""

from __future__ import annotations

from math import cos, pi, sin

from data.demo.geometry import Point, Polygon, place, rectangle
from data.demo.scenery import Site

# kind, Chinese, English, middle, turn in degrees, width m, depth m
_BOXES: tuple[tuple[str, str, str, Point, float, float, float], ...] = (
    ("committee", "石榴社区居民委员会", "Shiliu Residents' Committee", (60, 250), -4, 54, 24),
    ("committee", "党群服务中心", "Community Service Centre", (60, 208), -4, 40, 18),
    ("clinic", "石榴社区卫生服务站", "Shiliu Community Clinic", (128, 254), -4, 36, 22),
    ("elder_care", "榴园日间照料中心", "Liuyuan Day Care Centre", (128, 206), -4, 34, 26),
    ("square", "榴心广场", "Liuxin Square", (92, 104), -4, 150, 104),
    ("market", "石榴农贸市场", "Shiliu Market", (262, 244), -4, 78, 46),
    ("market", "便民早市", "Morning Market", (262, 184), -4, 70, 20),
    ("key_place", "文化活动中心", "Culture Centre", (228, 112), -4, 40, 44),
    ("shop", "石榴大道商业街 A座", "Shiliu Avenue Shops A", (292, 106), -4, 24, 60),
    ("shop", "石榴大道商业街 B座", "Shiliu Avenue Shops B", (344, 102), -4, 24, 60),
    ("key_place", "社区消防微型站", "Community Fire Station", (344, 250), -4, 30, 22),
    ("school", "育才中学 教学楼", "Yucai Middle School, Classrooms", (110, 470), -6, 84, 18),
    ("school", "育才中学 实验楼", "Yucai Middle School, Laboratories", (112, 426), -6, 84, 16),
    ("school", "育才中学 综合楼", "Yucai Middle School, Main Hall", (110, 386), -6, 60, 22),
    ("school", "育才中学 食堂", "Yucai Middle School, Canteen", (112, 540), -6, 50, 26),
    ("sports", "育才中学 体育馆", "Yucai Middle School, Gymnasium", (118, 610), -6, 62, 40),
    ("school", "榴溪小学 教学楼", "Liuxi Primary School, Classrooms", (-300, -292), 6, 80, 16),
    ("school", "榴溪小学 综合楼", "Liuxi Primary School, Main Hall", (-300, -330), 6, 60, 16),
    ("kindergarten", "榴花幼儿园", "Liuhua Kindergarten", (-386, -330), 6, 34, 30),
    ("kindergarten", "望山幼儿园", "Wangshan Kindergarten", (770, -2), -7, 40, 24),
    ("kindergarten", "文昌幼儿园", "Wenchang Kindergarten", (-46, 534), -3, 44, 20),
    ("sports", "滨河湾网球场", "Binhe Bay Tennis Courts", (240, -292), 2, 74, 36),
    ("sports", "公园球场", "Park Ball Courts", (360, -180), -4, 60, 34),
    ("shop", "安居街便民商铺", "Anju Street Shops", (40, -280), 1, 150, 16),
    ("shop", "榴园商场", "Liuyuan Mall", (560, -140), -8, 130, 74),
    ("shop", "榴园超市", "Liuyuan Supermarket", (700, -130), -8, 78, 60),
    ("shop", "榴园餐饮街", "Liuyuan Food Street", (780, -210), -8, 84, 22),
    ("clinic", "东城医院 门诊楼", "Dongcheng Hospital, Outpatients", (580, -340), -12, 90, 34),
    ("clinic", "东城医院 住院楼", "Dongcheng Hospital, Wards", (590, -410), -12, 100, 24),
    ("clinic", "东城医院 医技楼", "Dongcheng Hospital, Diagnostics", (700, -370), -12, 40, 70),
    ("elder_care", "榴晖养老院", "Liuhui Elder Home", (640, -510), -12, 100, 20),
    ("elder_care", "榴晖养老院 康复楼", "Liuhui Elder Home, Rehab", (750, -490), -12, 60, 26),
    ("key_place", "石榴公交首末站", "Shiliu Bus Terminal", (910, -130), 0, 70, 30),
    ("key_place", "榴溪污水提升站", "Liuxi Lift Station", (1130, -570), -6, 44, 30),
    ("key_place", "石榴变电站", "Shiliu Substation", (1220, -150), 4, 48, 44),
    ("key_place", "石榴山观景亭", "Shiliu Hill Pavilion", (-760, 872), 20, 14, 14),
    ("key_place", "水库管理房", "Reservoir House", (-690, 690), 30, 22, 12),
    ("key_place", "梨园巷乡史馆", "Liyuan Lane History House", (-1130, 232), -20, 26, 18),
)  # fmt: skip
# Rows of equal halls: kind, Chinese, English, first middle, step, turn, width, depth, count
_HALLS: tuple[tuple[str, str, str, Point, Point, float, float, float, int], ...] = (
    ("key_place", "石榴果品加工园", "Fruit Works", (470, 640), (84, -8), -6, 66, 92, 4),
    ("key_place", "石榴果品冷库", "Cold Store", (482, 480), (98, -10), -6, 78, 58, 3),
    ("key_place", "果品交易大棚", "Fruit Trading Hall", (500, 380), (110, -11), -6, 92, 42, 3),
    ("key_place", "榴东物流仓", "Liudong Depot", (960, -250), (112, 6), 3, 92, 60, 3),
    ("key_place", "榴东维修车间", "Liudong Workshop", (960, -360), (112, 6), 3, 88, 44, 3),
    ("key_place", "榴东货场", "Liudong Yard", (960, -460), (112, 6), 3, 88, 52, 2),
    ("key_place", "蔬菜大棚", "Greenhouse", (-1210, -340), (30, -6), -12, 16, 52, 3),
    ("key_place", "育苗温室", "Nursery House", (-1000, -106), (34, 4), 8, 20, 62, 4),
)


def sites() -> list[Site]:
    """Return every key place that has a footprint on the plan, in a fixed order."""
    found = [
        Site(kind, zh, en, place(middle, angle, rectangle(width, depth)))
        for kind, zh, en, middle, angle, width, depth in _BOXES
    ]
    for kind, zh, en, first, step, angle, width, depth, count in _HALLS:
        for k in range(count):
            middle = (first[0] + step[0] * k, first[1] + step[1] * k)
            ring = place(middle, angle, rectangle(width, depth))
            found.append(Site(kind, f"{zh} {k + 1}号", f"{en} {k + 1}", ring))
    found += [
        Site(
            "sports", "育才中学 田径场", "Yucai Middle School, Track", _track((260, 500), 82, 176)
        ),
        Site(
            "sports", "榴溪小学 操场", "Liuxi Primary School, Track", _track((-190, -312), 86, 50)
        ),
        Site("sports", "社区运动场", "Community Sports Ground", _track((260, -130), 60, 96)),
    ]
    return found


def _track(middle: Point, width_m: float, depth_m: float) -> Polygon:
    """Return a running track: a rectangle with round ends on its short sides."""
    long_m, short_m = max(width_m, depth_m), min(width_m, depth_m)
    r, half = short_m / 2, (long_m - short_m) / 2
    right = [(half + r * cos(a * pi / 8), r * sin(a * pi / 8)) for a in range(-4, 5)]
    ring = right + [(-x, -y) for x, y in right]
    return place(middle, -6 if width_m >= depth_m else 84, ring)
