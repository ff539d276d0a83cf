"""Every sentence of the worker's page, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "field.title": ("今日任务", "Today's tasks"),
    "field.on_duty": ("在岗", "On duty"),
    "field.off_duty": ("不在岗", "Off duty"),
    "field.position_hint": (
        "在岗时每分钟上传一次位置，只保留最后一个，不记录轨迹。",
        "While you are on duty your position is sent once a minute; only the last one is kept, "
        "there is no track.",
    ),
    "field.position_share": ("在岗时共享我的位置", "Share my position while on duty"),
    "field.none": ("现在没有任务。", "Nothing to do right now."),
    "field.drill": ("演练：{title}", "DRILL: {title}"),
    "field.plan": ("预案启动：{title}", "Plan under way: {title}"),
    "field.messages": ("通知", "Messages"),
    "field.messages_seen": ("知道了", "Got it"),
    "field.due": ("{at} 前完成", "Due {at}"),
    "field.no_place": ("未注明地点", "Place not named"),
    "field.accept": ("接单", "Accept"),
    "field.start": ("开始处置", "Start"),
    "field.return": ("退回", "Return"),
    "field.return_why": ("为什么退回？", "Why do you return it?"),
    "field.finish": ("处置完成", "Finish"),
    "field.finish_words": ("做了什么？", "What was done?"),
    "field.before": ("处置前照片", "Photos before"),
    "field.after": ("处置后照片", "Photos after"),
    "field.open_case": ("查看案件", "Open the case"),
    "field.call": ("视频呼叫指挥中心", "Call the command centre"),
    "field.done": ("本班已完成", "Finished in this shift"),
    "field.report": ("上报我看到的", "Report what I see"),
    "field.report_words": ("什么问题（可不填）", "What is it (optional)"),
    "field.report_photo": ("照片", "Photo"),
    "field.report_send": ("上报", "Report"),
    "field.report_here": ("用我现在的位置", "Where I am now"),
    "field.outside": ("网格外", "elsewhere"),
    "field.saved": (
        "没有网络，已保存在手机上（{n} 条），恢复后自动提交。",
        "No network: {n} kept on this phone, sent when it is back.",
    ),
    "field.sent": ("已提交。", "Sent."),
    "field.sending": ("正在提交…", "Sending…"),
    "field.refused": ("没有提交成功：", "Not sent: "),
    "field.stale": (
        "页面已过期，请刷新后会自动提交。",
        "The page is out of date; reload it and it will be sent.",
    ),
    "field.desk": ("案件列表", "All cases"),
    "field.sign_out_hint": (
        "这个账号没有对应的工作人员，请联系管理员。",
        "No worker belongs to this account; ask the administrator.",
    ),
    "error.not_your_grid": (
        "这个位置不在您的网格内，请打电话给指挥中心。",
        "This place is outside your grid; call the command centre.",
    ),
    "error.off_duty": ("您不在岗，没有记录位置。", "You are off duty; no position was kept."),
    "error.field_deed_unknown": ("不能这样操作。", "That cannot be done here."),
    "source.field": ("工作人员手机", "Worker's phone"),
    "source.report": ("居民上报", "Residents' reports"),
}
