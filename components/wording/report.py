"""Every sentence of the resident's page and of the private link, as (Chinese, English)."""

from __future__ import annotations

_REPORT: dict[str, tuple[str, str]] = {
    "report.title": ("我要上报", "Report a problem"),
    "report.title_desk": ("代为登记上报", "New report for a caller"),
    "report.emergency": (
        "有人受伤或起火，请先拨打 120 或 119。",
        "If somebody is hurt or there is a fire, call 120 or 119 first.",
    ),
    "report.privacy": (
        "不需要姓名和账号。照片里的位置、时间信息会被去掉；随时可以在查询页看到记录了什么。",
        "No name and no account. Position and time inside your photos are removed; your private "
        "page always shows what is recorded.",
    ),
    "report.what": ("1. 什么问题？", "1. What is the matter?"),
    "report.what_example": (
        "例如：3号楼楼道灯不亮，晚上看不见台阶",
        "E.g. The light in the stairwell is out, the steps cannot be seen",
    ),
    "report.where": ("2. 在哪里？", "2. Where is it?"),
    "report.place": ("楼栋或场所", "Building or place"),
    "report.place_none": ("请选择…", "Choose…"),
    "report.place_here": ("您扫码的位置：{place}", "You scanned the code of: {place}"),
    "report.address": ("具体位置", "Where exactly"),
    "report.address_hint": (
        "楼层、单元、旁边有什么；只有工作人员能看到",
        "Floor, entrance, what is beside it; only staff see it",
    ),
    "report.locate": ("用我现在的位置", "Use where I am now"),
    "report.locating": ("正在定位…", "Finding your position…"),
    "report.located": (
        "已定位，误差约 {metres} 米。不准的话，请在平面图上点一下。",
        "Position found, within about {metres} m. If it is wrong, tap the plan.",
    ),
    "report.not_located": (
        "没有得到位置。请选择楼栋，或在平面图上点一下。",
        "No position. Choose a building, or tap the plan.",
    ),
    "report.tapped": ("已按您点的位置记录。", "The place you tapped is noted."),
    "report.plan": ("在平面图上点一下", "Tap the plan"),
    "report.plan_alt": ("小区平面图", "Plan of the estate"),
    "report.kind": ("3. 属于哪一类？", "3. What kind is it?"),
    "report.category": ("类别", "Category"),
    "report.category_auto": ("按我写的内容判断", "Decide by what I wrote"),
    "report.category_hint": (
        "按您写的词给出建议，可以改；由工作人员确认",
        "Suggested from your words; change it as you like, staff confirm it",
    ),
    "report.look": ("看看建议和附近的上报", "Show suggestions and reports nearby"),
    "report.looked": ("附近没有同类的未办结上报。", "No open report of this kind nearby."),
    "report.near": ("附近已有人上报，是同一件事吗？", "Already reported nearby. Is it the same?"),
    "report.own": ("不是，上报我的", "No, send mine"),
    "report.near_one": (
        "是，跟进这一件：{at} 上报，{where}，{status}",
        "Yes, follow it: reported {at}, {where}, {status}",
    ),
    "report.same_building": ("同一栋楼", "same building"),
    "report.metres": ("约 {metres} 米外", "about {metres} m away"),
    "report.photos": ("4. 拍照（可不拍）", "4. Photos (optional)"),
    "report.photos_hint": ("最多 {most} 张；请尽量不拍到人脸", "Up to {most}; leave faces out"),
    "report.remove": ("去掉", "Remove"),
    "report.contact": ("5. 回访电话（可不填）", "5. Call-back number (optional)"),
    "report.number": ("电话", "Telephone"),
    "report.number_hint": (
        "仅用于回访这件事，加密保存，办结 90 天后到期清理，您可随时删除",
        "Only to call you back about this; kept sealed, due for removal 90 days after closing; "
        "you can delete it any time",
    ),
    "report.send": ("提交", "Send"),
    "report.sending": ("正在提交…", "Sending…"),
    "report.saved": (
        "没有网络。已保存在这部手机上，网络恢复后会自动提交一次。",
        "No network. It is kept on this phone and will be sent once the network is back.",
    ),
    "report.sent": ("已提交。", "Sent."),
    "report.failed": ("没有提交成功：", "Not sent: "),
    "report.open_link": ("查看办理进度", "See how it goes"),
    "report.closed_title": ("这里还不能上报", "Reports are not taken here yet"),
    "report.closed_hint": (
        "没有找到这个社区。请重新扫描二维码，或联系社区居委会。",
        "There is no such community. Scan the code again, or ask your residents' committee.",
    ),
    "report.choose": ("请选择您的社区", "Choose your community"),
}
_FOLLOW: dict[str, tuple[str, str]] = {
    "follow.title": ("我的上报", "My report"),
    "follow.keep": (
        "请收藏这个页面：只有知道这个链接的人才能打开。",
        "Keep this address: only who knows it can open it.",
    ),
    "follow.thanks": ("谢谢，已收到您的上报。", "Thank you, your report has arrived."),
    "follow.thanks_follow": ("好的，您已跟进这件事。", "You now follow this report."),
    "follow.photo_refused": ("有照片没有收下：", "A photo was not taken: "),
    "follow.now": ("现在", "Now"),
    "follow.steps": ("办理过程", "What has happened"),
    "follow.due": ("预计 {at} 前办结", "Due by {at}"),
    "follow.photos": ("照片", "Photos"),
    "follow.messages": ("与工作人员的留言", "Messages with staff"),
    "follow.from_staff": ("工作人员", "Staff"),
    "follow.from_me": ("我", "Me"),
    "follow.reply": ("补充或回复", "Add or answer"),
    "follow.reply_send": ("发送", "Send"),
    "follow.rate": ("满意吗？", "How was it done?"),
    "follow.rate_words": ("想说的话（可不填）", "A few words (optional)"),
    "follow.rate_send": ("评价", "Rate"),
    "follow.rated": ("您的评价：{stars} 星", "Your rating: {stars} of 5"),
    "follow.star": ("{stars} 星", "{stars} of 5"),
    "follow.reopen": ("问题没有解决", "It is not solved"),
    "follow.reopen_why": ("还有什么问题？", "What is still wrong?"),
    "follow.reopen_send": ("申请重新办理", "Ask to reopen"),
    "follow.reopen_asked": (
        "您已申请重新办理，等待工作人员决定。",
        "You asked to reopen it; an officer will decide.",
    ),
    "follow.done_reply": ("已发送。", "Sent."),
    "follow.done_rate": ("谢谢您的评价。", "Thank you for rating."),
    "follow.done_reopen": ("已申请重新办理。", "You asked to reopen it."),
    "follow.done_forget": ("您的电话已删除。", "Your number was deleted."),
    "follow.recorded": ("记录了我的什么", "What is recorded about me"),
    "follow.recorded_hint": (
        "下面是这件上报里的全部内容。描述、地址、留言和照片在办结两年后到期清理；"
        "电话在办结 90 天后到期。"
        "看板大屏上不显示您写的任何内容。",
        "This is everything this report holds. Words, address, messages and photos are due for "
        "removal two years after closing, the number 90 days after. The wall shows nothing that "
        "you wrote.",
    ),
    "follow.rec_text": ("我写的", "My words"),
    "follow.rec_address": ("具体位置", "Where exactly"),
    "follow.rec_place": ("地点", "Place"),
    "follow.rec_position": ("位置", "Position"),
    "follow.rec_reported_at": ("上报时间", "Reported"),
    "follow.rec_photos": ("照片", "Photos"),
    "follow.rec_number": ("电话", "Number"),
    "follow.rec_none": ("无", "none"),
    "follow.rec_seen": ("电话被查看次数", "Times the number was opened"),
    "follow.forget": ("删除我的电话", "Delete my number"),
    "follow.erase": ("删除我写的内容和照片", "Erase my words and photos"),
    "follow.erase_later": (
        "办理期间需要这些内容；办结后可以在这里自行删除。",
        "They are needed while the case is open; once it is closed you can erase them here.",
    ),
    "follow.done_erase": ("您写的内容和照片已删除。", "Your words and photos were erased."),
    "follow.closed_title": ("这个链接打不开", "This link opens nothing"),
    "follow.closed_hint": (
        "请检查链接是否完整。忘了链接，可以打电话给社区查询。",
        "Check that the address is complete. If it is lost, call the community.",
    ),
    "follow.new": ("再报一件", "Report something else"),
}
_DESK: dict[str, tuple[str, str]] = {
    "reporter.title": ("上报人", "Reporter"),
    "reporter.ask": ("问上报人", "Ask the reporter"),
    "reporter.ask_hint": (
        "上报人打开自己的链接时会看到。",
        "The reporter reads it when opening the private link.",
    ),
    "reporter.number": ("查看回访电话", "Show the number"),
    "reporter.number_why": ("查看原因（记入审计）", "Why (goes into the audit)"),
    "reporter.number_is": ("回访电话：{number}", "Number to call back: {number}"),
    "reporter.no_number": ("没有留下电话。", "No number was left."),
    "reporter.followers": ("{n} 人跟进", "{n} follow it"),
    "reporter.asked": ("已发给上报人。", "Sent to the reporter."),
    "case.actor_link": ("上报人", "Reporter"),
    "audit.action.case.contact": ("查看上报人电话", "Opened a reporter's number"),
    "audit.action.case.report_erase": ("上报人删除上报内容", "Reporter erased the report"),
    "audit.action.case.contact_erase": ("上报人删除电话", "Reporter deleted the number"),
}
_ERRORS: dict[str, tuple[str, str]] = {
    "error.report_incomplete": (
        "还差一点：请写明问题，并选择地点或写明具体位置。",
        "Something is missing: say what the matter is, and choose a place or describe it.",
    ),
    "error.report_id_invalid": (
        "这个页面已过期，请重新打开。",
        "This page is out of date; open it again.",
    ),
    "error.place_unknown": (
        "没有这个地点，请从列表中选择。",
        "There is no such place; choose one from the list.",
    ),
    "error.contact_invalid": (
        "电话号码不对，请改正或留空。",
        "That is no telephone number; correct it or leave it out.",
    ),
    "error.message_invalid": (
        "请写 2 到 {most} 个字。",
        "Write 2 to {most} characters.",
    ),
    "error.messages_too_many": (
        "留言已满，请打电话给社区。",
        "There are too many messages; call the community.",
    ),
    "error.erase_not_yet": (
        "办结之前不能删除。",
        "It cannot be erased before the case is closed.",
    ),
    "error.too_many_reports": (
        "提交太频繁，请在 {minutes} 分钟后再试。",
        "Too many at once; try again in {minutes} minutes.",
    ),
}
PHRASES = {**_REPORT, **_FOLLOW, **_DESK, **_ERRORS}
