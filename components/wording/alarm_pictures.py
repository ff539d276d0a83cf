"""Words of pictures kept with an alarm, as (Chinese, English)."""

from __future__ import annotations

_PAGE: dict[str, tuple[str, str]] = {
    "kept.title": ("报警前画面", "Pictures before alarms"),
    "kept.hint": (
        "报警发生前几秒的画面，取自指定的摄像头。需写明用途和原因，经第二人批准后可查看一天；"
        "每次查看都登记在案。30 天后或误报、测试结案后即销毁。",
        "The seconds before an alarm, of cameras named for it. Say purpose and reason; once "
        "a second person agrees you may look for a day, and every look is on record. Destroyed "
        "after 30 days, or when the alarm was false or a test.",
    ),
    "kept.none_title": ("没有保存的画面", "Nothing is kept"),
    "kept.none_hint": (
        "只有开启了该设置，且附近有指定的摄像头时，报警才会留下画面。",
        "Pictures are kept only where the setting is on and a named camera stands near.",
    ),
    "kept.list": ("有画面的报警", "Alarms with pictures"),
    "kept.alarm": ("报警", "Alarm"),
    "kept.when": ("时间", "When"),
    "kept.cameras": ("摄像头", "Cameras"),
    "kept.pictures": ("张数", "Pictures"),
    "kept.open": ("报警前画面", "Pictures before it"),
    "kept.back": ("全部", "All of them"),
    "kept.span": (
        "{camera}：{n} 张，{first} 至 {last}",
        "{camera}: {n} pictures, {first} to {last}",
    ),
    "kept.ask_title": ("申请查看", "Ask to look"),
    "kept.purpose": ("用途", "Purpose"),
    "kept.reason": ("原因", "Reason"),
    "kept.ask": ("提交申请", "Ask"),
    "kept.asked": ("已提交，等待第二人批准。", "Asked; a second person has to agree."),
    "kept.waiting": ("已申请，等待第二人批准。", "You asked; a second person has not decided yet."),
    "kept.until": ("可查看至 {at}。", "You may look until {at}."),
    "kept.before": ("上次申请：{state}。", "Your last asking: {state}."),
    "kept.alt": ("{camera}，{at}", "{camera}, {at}"),
    "kept.into_case": ("放入案件", "Put into the case"),
    "kept.put": (
        "已放入案件，公开前请先遮挡人脸和车牌。",
        "It is in the case; cover faces and plates before it leaves.",
    ),
    "kept.cover": ("遮挡人脸和车牌", "Cover faces and plates"),
    "kept.no_case": (
        "报警尚未立案，立案后可把画面放入案件。",
        "The alarm has no case yet; make one of it to put a picture into it.",
    ),
}

_CODES: dict[str, tuple[str, str]] = {
    "view_mode.kept": ("报警前画面", "Kept with an alarm"),
    "retention_class.alarm_strip": ("报警前画面", "Pictures before alarms"),
    "approval_fact.alarm_kind": ("报警", "Alarm"),
    "approval_fact.pictures": ("张数", "Pictures"),
    "setup_field.pre_event": ("保留报警前画面", "Keeps the seconds before alarms"),
    "cameras.pre_event_hint": (
        "仅在设置开启后生效：内存中只留最近几秒，附近报警时随报警保存。须先设提示标识并告知居民。",
        "Only where the setting is on: the last seconds stay in memory and are kept with an alarm "
        "nearby. A sign must be up and residents told.",
    ),
    "error.camera_sign_needed": (
        "设有提示标识的摄像头才能保留报警前画面（条例第十三条）。",
        "The seconds before alarms are kept only of a camera with its sign up (art. 13).",
    ),
    "error.kept_pictures_sealed": (
        "画面未获批准或批准已过期，请申请查看。",
        "Nobody has agreed to it, or the word has run out; ask to look.",
    ),
    "error.kept_pictures_no_case": (
        "报警尚未立案，请先立案。",
        "The alarm has no case yet; make one of it first.",
    ),
    "audit.subject.alarm_pictures": ("报警前画面", "Pictures before an alarm"),
    "audit.action.camera.keep": ("保存报警前画面", "Keep the seconds before an alarm"),
    "audit.action.camera.view_kept": ("查看报警前画面", "Look at pictures before an alarm"),
    "audit.action.camera.put_into_case": (
        "报警前画面放入案件",
        "Put a picture from before an alarm into its case",
    ),
}

PHRASES: dict[str, tuple[str, str]] = {**_PAGE, **_CODES}
