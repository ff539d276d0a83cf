"""Sentences of the audit page, and a word for every audited action, as (Chinese, English)."""

from __future__ import annotations

_PAGE: dict[str, tuple[str, str]] = {
    "desk.nav_audit": ("审计", "Audit"),
    "audit.title": ("审计日志", "Audit log"),
    "audit.no_community_title": ("没有可查看的社区", "No community to show"),
    "audit.no_community_hint": (
        "这里按社区列出谁在何时对什么做了什么。请从上方选择一个社区。",
        "Who did what to what and when, by community. Choose a community above.",
    ),
    "audit.reading": ("正在读取…", "Reading…"),
    "audit.list_comma": ("、", ", "),
    # Chain.
    "audit.chain": ("链条是否完好", "Is the chain whole?"),
    "audit.checking": ("正在逐行核验…", "Checking every line…"),
    "audit.check": ("立即核验", "Check now"),
    "audit.chain_ok": ("完好：共 {n} 行，核验于 {at}。", "In order: {n} lines, checked {at}."),
    "audit.chain_fault": (
        "此前 {n} 行完好。核验于 {at}。请保存数据库与密钥文件夹的副本，并查明原因。",
        "The {n} lines before it are in order. Checked {at}. Keep a copy of the database and of "
        "the keys folder, and find out what happened.",
    ),
    "audit.head": ("链尾", "Head"),
    "audit.anchor_failed": (
        "锚文件目前无法写入：请检查密钥文件夹所在磁盘的剩余空间。",
        "The anchor file cannot be written at present: look at the free space of the disk with the "
        "keys folder.",
    ),
    "audit.fault.changed": (
        "第 {seq} 行（事件 {event}）被改动：{columns} 列。",
        "Line {seq} (event {event}) was changed: column {columns}.",
    ),
    "audit.fault.foreign": (
        "第 {seq} 行（事件 {event}）不是本系统写入的，或使用了另一套密钥。",
        "Line {seq} (event {event}) was not written by this audit, or with other keys.",
    ),
    "audit.fault.missing": (
        "第 {seq} 至 {until} 行缺失。",
        "Lines {seq} to {until} are missing.",
    ),
    "audit.fault.inserted": (
        "第 {seq} 行出现两次，事件 {event} 是插入的。",
        "Line {seq} is there twice; event {event} was put in.",
    ),
    "audit.fault.cut_off": (
        "末尾被截断：第 {before} 行之后的 {seq} 至 {until} 行缺失。",
        "Cut off after line {before}: lines {seq} to {until} are missing at the end.",
    ),
    "audit.fault.anchor_missing": (
        "锚文件缺失：无法判断第 {seq} 行之后是否被截断。",
        "The anchor file is missing: whether lines after {seq} were cut off cannot be told.",
    ),
    "audit.fault.anchor_changed": (
        "锚文件被改动：无法判断第 {seq} 行之后是否被截断。",
        "The anchor file was altered: whether lines after {seq} were cut off cannot be told.",
    ),
    "audit.fault.anchor_differs": (
        "锚文件记录的第 {seq} 行与事件 {event} 不符：持有密钥的人调换了链条。",
        "The anchor file knows another line {seq} than event {event}: the chain was exchanged by "
        "someone who has the keys.",
    ),
    "audit.fault.anchor_remade": (
        "锚文件曾在第 {seq} 行时缺失或被改动：无法判断当时其后的行是否被截断。",
        "The anchor file was missing or altered at line {seq}: whether lines after it had been cut "
        "off then cannot be told.",
    ),
    "audit.mark.restored": (
        "{at} 恢复过一次备份，此前的记录全部保留。",
        "A backup was restored on {at}; all lines known before are here.",
    ),
    "audit.mark.shortened": (
        "{at} 恢复过一次备份，第 {first} 至 {before} 行随原数据库丢失。",
        "A backup was restored on {at}; lines {first} to {before} were lost with the database that "
        "stood there before.",
    ),
    "audit.mark.imported": (
        "{at} 导入过密钥，当时没有锚文件；第 {seq} 行之后无从得知。",
        "The keys were imported on {at} without an anchor; lines after {seq} were not known here.",
    ),
    "audit.mark.remade": (
        "{at} 在第 {seq} 行时重新建立了锚文件。",
        "The anchor file was begun anew on {at} at line {seq}.",
    ),
    # Lines.
    "audit.lines": ("记录", "Lines"),
    "audit.none_title": ("没有符合条件的记录", "No line fits"),
    "audit.none_hint": (
        "登录、查看明文、改动、导出，以及被拒绝的尝试都会出现在这里。请放宽上方条件。",
        "Sign-ins, unmaskings, changes, exports and refused attempts appear here. Widen the "
        "filters above.",
    ),
    "audit.newer": ("← 较新", "← Newer"),
    "audit.older": ("较早 →", "Older →"),
    "audit.any": ("全部", "Any"),
    "audit.filter": ("筛选", "Filter"),
    "audit.filter_clear": ("清除", "Clear"),
    "audit.filter_title": ("筛选审计记录", "Filter the audit"),
    "audit.filter_since": ("起始日期", "From (date)"),
    "audit.filter_until": ("截止日期", "To (date)"),
    "audit.filter_action": ("操作", "Action"),
    "audit.filter_result": ("结果", "Result"),
    "audit.filter_actor": ("操作人（登录名）", "Who (login)"),
    "audit.filter_subject": ("对象编号", "Subject id"),
    "audit.filter_case": ("案件编号", "Case id"),
    "audit.column_seq": ("序号", "No."),
    "audit.column_event": ("事件编号", "Event id"),
    "audit.column_at": ("时间", "Time"),
    "audit.column_action": ("操作", "Action"),
    "audit.column_result": ("结果", "Result"),
    "audit.column_actor": ("操作人", "Who"),
    "audit.column_actor_code": ("操作人编号", "Who (id)"),
    "audit.column_subject": ("对象", "Subject"),
    "audit.column_subject_kind": ("对象类别", "Kind of subject"),
    "audit.column_field": ("字段", "Field"),
    "audit.column_case": ("案件", "Case"),
    "audit.column_purpose": ("目的", "Purpose"),
    "audit.column_why": ("理由", "Why"),
    "audit.column_origin": ("来源地址", "From"),
    "audit.column_detail": ("说明", "Detail"),
    "audit.reason_gone": ("（当事人已被删除，理由不可读）", "(subject erased; unreadable)"),
    "audit.reason_sealed": ("（加密，仅在页面上可读）", "(sealed; readable on the page only)"),
    # Copy.
    "audit.export": ("导出", "Export"),
    "audit.export_hint": (
        "把符合上方条件的记录存成 CSV 文件。导出本身会被记录；首行注明谁在何时为何导出。"
        "涉及个人的理由不会导出。",
        "Saves the lines that fit the filters as a CSV file. The export itself is written down; "
        "its first row says who took it, when and why. Reasons about persons are left out.",
    ),
    "audit.reason": ("导出理由", "Reason for the export"),
    "audit.reason_hint": ("例如：年度合规审计", "e.g. yearly compliance audit"),
    "audit.export_button": ("导出 CSV", "Export CSV"),
    "audit.exported": ("已导出 {n} 行。", "{n} lines were exported."),
    "audit.watermark": (
        "审计日志副本 · 导出人 {who} · {at} · 理由：{reason} · {n} 行 · 不得外传",
        "Copy of the audit log · taken by {who} · {at} · reason: {reason} · {n} lines · "
        "do not pass on",
    ),
    "error.audit_reason_missing": (
        "请写明导出理由，至少 {shortest} 个字符。",
        "Give a reason of at least {shortest} characters.",
    ),
    "error.audit_too_many_lines": (
        "符合条件的记录超过 {most} 行，请缩小时间范围。",
        "More than {most} lines fit; narrow the time.",
    ),
    # Summary.
    "audit.summary": ("近十四天概况", "The last fourteen days"),
    "audit.summary_hint": (
        "只有次数：不显示涉及谁，也不显示理由。",
        "Counts only: neither whose records nor why.",
    ),
    "audit.summary_none_title": ("近十四天没有记录", "Nothing in the last fourteen days"),
    "audit.summary_none_hint": (
        "本社区的操作次数会按天出现在这里。",
        "How often what was done in this community appears here, day by day.",
    ),
    "audit.total": ("合计", "Total"),
    # Codes.
    "audit.result.done": ("完成", "done"),
    "audit.result.refused": ("拒绝", "refused"),
    "audit.result.failed": ("失败", "failed"),
    "audit.actor.cli": ("命令行", "command line"),
    "audit.actor.anonymous": ("未登录者", "nobody signed in"),
    "audit.actor.system": ("系统", "the system"),
    "audit.subject.thing": ("对象", "thing"),
    "audit.subject.person": ("人员", "person"),
    "audit.subject.household": ("户", "household"),
    "audit.subject.enterprise": ("企业", "enterprise"),
    "audit.subject.building": ("楼栋", "building"),
    "audit.subject.account": ("账号", "account"),
    "audit.subject.kiosk": ("大屏链接", "wall link"),
    "audit.subject.api_key": ("接口密钥", "API key"),
    "audit.subject.session": ("会话", "session"),
    "audit.subject.case": ("案件", "case"),
    "audit.subject.contact": ("联系岗位", "contact"),
    "audit.subject.organisation": ("单位", "organisation"),
    "audit.subject.community": ("社区", "community"),
    "audit.subject.area": ("区域", "area"),
    "audit.subject.place": ("地点", "place"),
    "audit.subject.device": ("设备", "device"),
    "audit.subject.worker": ("工作人员", "worker"),
    "audit.subject.acknowledgement": ("确认", "acknowledgement"),
    "audit.subject.consent": ("同意", "consent"),
}

_ACTIONS: dict[str, tuple[str, str]] = {
    "sign_in": ("登录", "signed in"),
    "sign_out": ("退出", "signed out"),
    "account.create": ("新建账号", "account made"),
    "account.change": ("修改账号", "account changed"),
    "account.close": ("停用账号", "account closed"),
    "account.reopen": ("重新启用账号", "account reopened"),
    "account.password": ("设置密码", "password set"),
    "account.unlock": ("解除锁定", "account unlocked"),
    "account.link": ("关联单点登录", "linked with single sign-on"),
    "account.second_factor_reset": ("重置第二步验证", "second factor reset"),
    "account.sessions_end": ("结束全部会话", "sessions ended"),
    "kiosk.create": ("新建大屏链接", "wall link made"),
    "kiosk.revoke": ("撤销大屏链接", "wall link revoked"),
    "kiosk.open": ("打开大屏", "wall opened"),
    "key.create": ("新建接口密钥", "API key made"),
    "key.revoke": ("撤销接口密钥", "API key revoked"),
    "keyring.rotate": ("更换主密钥", "master key changed"),
    "keyring.export": ("导出密钥", "keys exported"),
    "keyring.import": ("导入密钥", "keys imported"),
    "store.restore": ("恢复备份", "backup restored"),
    "backup.take": ("备份", "backup taken"),
    "audit.read": ("查看审计日志", "audit log read"),
    "audit.export": ("导出审计日志", "audit log exported"),
    "audit.overflow": ("大量被拒绝的尝试（仅计数）", "flood of refused attempts, counted"),
    "contact.read_numbers": ("查看联系电话", "contact numbers read"),
    "person.read": ("查看人员档案", "person file read"),
    "person.register": ("登记人员", "person registered"),
    "person.write": ("修改人员档案", "person file changed"),
    "person.unmask": ("查看明文", "field unmasked"),
    "person.count": ("查看人数", "people counted"),
    "feed.read": ("查看大屏数据", "wall data read"),
    "health.read": ("查看运行状况", "health read"),
    "case.read": ("查看案件", "cases read"),
    "case.read_text": ("查看案件原文", "texts of cases read"),
    "case.write": ("修改案件", "case changed"),
    "case.approve": ("审批案件", "case approved"),
    "case.supervise": ("督办案件", "case supervised"),
    "video.view": ("查看视频", "video viewed"),
    "video.approve": ("审批视频查看", "viewing of video approved"),
    "export.request": ("申请导出", "export requested"),
    "export.approve": ("审批导出", "export approved"),
    "audit.summary": ("查看审计概况", "audit summary read"),
    "rights.handle": ("办理个人权利请求", "request of a person handled"),
    "rights.approve": ("审批个人权利请求", "request of a person approved"),
    "retention.run": ("执行留存清理", "retention carried out"),
    "config.write": ("修改设置", "settings changed"),
    "account.manage": ("管理账号", "accounts managed"),
    "own.read": ("查看本人信息", "own records read"),
}

PHRASES: dict[str, tuple[str, str]] = {
    **_PAGE,
    **{f"audit.action.{code}": words for code, words in _ACTIONS.items()},
}
