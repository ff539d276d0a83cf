"""The words of photos of cases and of video calls from the field."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "photos.title": ("照片", "Photos"),
    "photos.alt": ("{kind}照片，{at}", "{kind} photo, {at}"),
    "photo.report": ("上报", "Report"),
    "photo.before": ("处置前", "Before"),
    "photo.after": ("处置后", "After"),
    "error.photos_too_many": (
        "这个案件的此类照片已满 {most} 张。",
        "This case has {most} photos of this kind already.",
    ),
    "error.photo_kind_unknown": ("照片类别不对。", "There is no such kind of photo."),
    "video_purpose.show": ("展示现场", "show the scene"),
    "video_purpose.instructions": ("请示如何处置", "ask how to do it"),
    "video_purpose.decision": ("请求决定", "ask for a decision"),
    "video_purpose.help": ("请求支援", "ask for help"),
    "video_outcome.hung_up": ("已挂断", "Hung up"),
    "video_outcome.declined": ("未接听（拒接）", "Declined"),
    "video_outcome.missed": ("无人接听", "Nobody answered"),
    "video_outcome.lost": ("连接中断", "Connection lost"),
}
