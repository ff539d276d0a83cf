"""Publishes a demo notice now and then, as long as not too many are on show."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from rules.records import NoticeRecord

_BETWEEN_S = 9 * 3_600.0
_MOST_ON_SHOW = 6
# kind, Chinese, English, hours on show
_TEXTS: tuple[tuple[str, str, str, int], ...] = (
    (
        "outage",
        "望山庭今日 14:00–16:00 检修水泵，水压偏低",
        "Low water pressure: Wangshan Court",
        10,
    ),
    ("outage", "榴花园夜间更换路灯线路，局部照明减弱", "Dim lights tonight: Liuhua Garden", 12),
    ("service", "社区卫生服务站明日开展免费量血压", "Free blood-pressure checks tomorrow", 30),
    ("service", "便民服务车到达石榴苑南门", "Service van at Shiliu Court south gate", 8),
    ("safety", "大风天气请收好阳台花盆杂物", "Strong wind: take in balcony pots", 14),
    ("safety", "请勿占用消防通道，今日集中巡查", "Keep fire lanes clear: checks today", 12),
    ("activity", "周末亲子阅读在文化活动中心", "Family reading at the Culture Centre", 60),
    ("activity", "滨河步道健步走报名开始", "Riverside walk: sign up now", 48),
    ("meeting", "金穗家园停车管理议事会今晚举行", "Parking council tonight: Jinsui Home", 9),
    ("meeting", "本月居民议事会议题公开征集", "Topics wanted for the residents' council", 72),
)


class NoticeBoard:
    """The stream of notices of one community.

    Args:
        seed: Decides which come when.
        speed: How many times faster than life.
        now: Present moment, aware.
    """

    def __init__(self, seed: int, speed: float, now: datetime) -> None:
        self._chance = Random(f"demo/{seed}/notices")
        self._speed = speed
        self._next_at = self._after(now)

    def due(self, now: datetime, on_show: int) -> list[NoticeRecord]:
        """Return a notice when it is time for one and fewer than six are on show."""
        if now < self._next_at:
            return []
        self._next_at = self._after(now)
        if on_show >= _MOST_ON_SHOW:
            return []
        kind, zh, en, hours = self._chance.choice(_TEXTS)
        return [
            NoticeRecord(
                source_id=f"live-{now:%Y%m%d%H%M%S}",
                version=1,
                kind=kind,
                title_zh=zh,
                title_en=en,
                published_at=now,
                expires_at=now + timedelta(hours=hours),
            )
        ]

    def _after(self, now: datetime) -> datetime:
        wait_s = self._chance.uniform(0.4, 1.6) * _BETWEEN_S / self._speed
        return now + timedelta(seconds=wait_s)
