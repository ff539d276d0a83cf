"""Sentences of the wall, the one map, the ticker and the page frame, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # Frame.
    "app.name": ("一屏", "Yiping"),
    "app.subtitle": ("数字指挥中心 · 一屏", "Digital command centre · Yiping"),
    "app.page_not_found": ("没有这个页面", "There is no such page"),
    "app.starting": ("正在载入…", "Loading…"),
    "language.other": ("English", "中文"),
    "language.switch": ("切换语言", "Switch language"),
    "ribbon.demo": (
        "演示 · 本屏全部内容均为生成的虚构数据，不对应任何真实的人、地点或事件",
        "DEMO · everything on this screen is generated; no real person, place or event",
    ),
    # Time.
    "time.seconds": ("{seconds} 秒", "{seconds} s"),
    "time.minutes": ("{minutes} 分", "{minutes} min"),
    "time.hours_minutes": ("{hours} 时 {minutes} 分", "{hours} h {minutes} min"),
    "time.days_hours": ("{days} 天 {hours} 时", "{days} d {hours} h"),
    "time.days": ("{days} 天", "{days} d"),
    "time.ago": ("{age}前", "{age} ago"),
    "time.now": ("刚刚", "just now"),
    "time.yesterday": ("昨天", "Yesterday"),
    "time.over": ("超 {age}", "{age} over"),
    "time.left": ("剩 {age}", "{age} left"),
    "time.no_limit": ("无时限", "No limit"),
    # Connection.
    "live.connecting": ("正在连接…", "Connecting…"),
    "live.lost": ("连接中断 已 {age}", "Connection lost for {age}"),
    "live.as_of": ("数据截至 {time}", "Data as of {time}"),
    "live.unknown_community": ("没有这个社区：{community}", "Unknown community: {community}"),
    "live.no_data_yet": ("尚未收到数据", "No data received yet"),
}
