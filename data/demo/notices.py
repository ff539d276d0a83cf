"""The demo community's notices: a few that are past, the rest for these days."""

from __future__ import annotations

from datetime import datetime, timedelta

from data.demo.spots import VERSION
from rules.records import NoticeRecord

# kind, Chinese, English, published and expiring: hours from now
_NOTICES: tuple[tuple[str, str, str, float, float], ...] = (
    ("outage", "停水通知：安居里今晚 22:00–02:00", "Water off: Anju Lane, 22:00–02:00", -6, 14),
    ("service", "逢十便民日：磨刀、理发、义诊在榴心广场", "Service day on Liuxin Square", -30, 60),
    ("safety", "电动自行车请到车棚充电，勿进楼勿进电梯", "Charge e-bikes in sheds only", -50, 190),
    ("activity", "志愿者招募：榴溪小学放学护学岗", "Volunteers wanted: school crossing", -20, 120),
    ("meeting", "居民议事会：文昌新村加装电梯意见征集", "Council on lifts: Wenchang", -26, 50),
    ("service", "流动献血车明日停靠石榴公园东门", "Blood donation bus at Shiliu Park", -9, 30),
    ("outage", "停电检修已完成：滨河湾恢复供电", "Power restored: Binhe Bay", -150, -120),
    ("activity", "石榴果园采摘日圆满结束", "Orchard picking day is over", -400, -330),
    ("safety", "强降雨期间请远离榴溪河岸", "Heavy rain: keep off the river bank", -620, -560),
    ("meeting", "物业服务评议会纪要已公示", "Minutes of the property review", -800, -640),
)  # fmt: skip


def notice_records(now: datetime) -> list[NoticeRecord]:
    """Return current and past notices, dated from `now` (aware)."""
    start = now.replace(minute=0, second=0, microsecond=0)
    return [
        NoticeRecord(
            source_id=f"notice-{k:02d}",
            version=VERSION,
            kind=kind,
            title_zh=zh,
            title_en=en,
            published_at=start + timedelta(hours=since),
            expires_at=start + timedelta(hours=until),
        )
        for k, (kind, zh, en, since, until) in enumerate(_NOTICES, start=1)
    ]
