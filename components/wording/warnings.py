"""What the people who run the installation are warned of, and the facts of the machine."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "warning.title": ("运维提醒", "Upkeep"),
    "warning.strip": ("{count} 项运维提醒：", "Upkeep warnings ({count}):"),
    "warning.open_health": ("查看运行状况", "Open health"),
    "warning.none_title": ("没有运维提醒", "No upkeep warnings"),
    "warning.none_hint": (
        "磁盘、时钟、证书和备份每分钟检查一次；有问题时这里和值班台顶部会显示。",
        "Disks, clock, certificate and backups are looked at every minute; anything wrong shows "
        "here and at the head of the desk.",
    ),
    "warning.not_looked_title": ("尚未检查", "Not looked at yet"),
    "warning.not_looked_hint": (
        "程序刚启动，一分钟内会有结果。",
        "The program has just started; the first look takes less than a minute.",
    ),
    "warning.severity_alarm": ("紧急", "Urgent"),
    "warning.severity_warning": ("注意", "Soon"),
    "warning.disk_low": (
        "{folder} 所在磁盘只剩 {free_gb} GB（{percent}%）。请清理收件箱的 done 文件夹和旧备份，"
        "或扩容。",
        "The disk of {folder} has only {free_gb} GB left ({percent} %). Empty the inbox's done "
        "folders and old backups, or make it larger.",
    ),
    "warning.clock_behind": (
        "系统时钟 {now} 早于最近一条记录 {last}，期限会算错。请校准时钟。",
        "The system's clock, {now}, is behind the last record, {last}; deadlines come out wrong. "
        "Set the clock right.",
    ),
    "warning.clock_jumped": (
        "系统时钟在 {at} 跳变了 {seconds} 秒。请确认现在的时间正确。",
        "The system's clock jumped by {seconds} seconds at {at}. Make sure that it is right now.",
    ),
    "warning.clock_not_synchronised": (
        "系统时钟没有与时间服务器同步。请启用时间同步。",
        "The system's clock is not kept by a time server. Turn time synchronisation on.",
    ),
    "warning.certificate_expires": (
        "HTTPS 证书 {days} 天后到期（{until}）。请续期，续期后无需重启。",
        "The HTTPS certificate expires in {days} days ({until}). Renew it; no restart is needed.",
    ),
    "warning.certificate_expired": (
        "HTTPS 证书已于 {until} 到期，浏览器会拒绝打开。请立即续期。",
        "The HTTPS certificate expired on {until} and browsers refuse it. Renew it now.",
    ),
    "warning.certificate_not_yet_valid": (
        "HTTPS 证书 {from} 起才有效。请检查时钟或证书。",
        "The HTTPS certificate is valid from {from} only. Check the clock or the certificate.",
    ),
    "warning.backup_off": (
        "夜间备份已关闭。请启用，或另行每日备份。",
        "The nightly backup is turned off. Turn it on, or take one every day in another way.",
    ),
    "warning.backup_failed": (
        "{at} 的备份失败：{error}。每小时会再试一次。",
        "The backup of {at} failed: {error}. It is tried again every hour.",
    ),
    "warning.backup_none": (
        "自 {since} 以来还没有成功的夜间备份。",
        "There has been no good nightly backup since {since}.",
    ),
    "warning.backup_old": (
        "最近一次成功的备份是 {at}，已超过 26 小时。",
        "The last good backup is of {at}, more than 26 hours ago.",
    ),
    "warning.insecure_http": (
        "程序在网络上未使用 HTTPS，密码可被旁人读取。请配置证书或代理。",
        "The app listens on the network without HTTPS: passwords can be read on the way. Set up a "
        "certificate or a proxy.",
    ),
    "warning.keys_in_backup": (
        "密钥文件夹与备份放在一起，拿到备份就能解开个人信息。请把密钥移到别处。",
        "The folder of keys lies with the backups: whoever has one can open personal fields. Move "
        "the keys elsewhere.",
    ),
    "warning.audit_broken": (
        "审计记录第 {line} 行起被改动或缺失（{at} 检查）。"
        "请立即把数据库和密钥文件夹另行复制保存，再查明原因。",
        "The audit was changed or cut from line {line} on (checked {at}). Copy database and keys "
        "folder aside at once, then find out why.",
    ),
    "warning.outbox_late": (
        "{n} 条通知未能送达，最早的从 {since} 起等待（{delivery_error}）。请到“发件箱”查看。",
        "{n} notices have not arrived, the oldest since {since} ({delivery_error}). "
        "See the outbox.",
    ),
    "warning.outbox_expired": (
        "最近 7 天有 {n} 条通知逾期未送达，已停止重试。请到“发件箱”查看。",
        "{n} notices of the last 7 days waited too long and are tried no more. See the outbox.",
    ),
    "warning.detector_off": (
        "画面看护的识别模型未启用：{detector}。看护区照常报警；改正后重启程序。",
        "The model beside the scenes is not used: {detector}. Scenes go on and raise alarms; put "
        "it right and restart the app.",
    ),
    "warning.audit_anchor_failed": (
        "审计末端无法写入密钥文件夹，新的记录无法得到证明。请检查磁盘和权限。",
        "The end of the audit cannot be written into the keys folder: new lines cannot be proved. "
        "Check the disk and its permissions.",
    ),
    "backup_error.disk_full": ("磁盘已满", "the disk is full"),
    "backup_error.no_permission": ("没有写入权限", "no permission to write"),
    "backup_error.read_only": ("磁盘只读", "the disk is read-only"),
    "backup_error.disk_error": ("磁盘读写出错", "the disk failed"),
    "backup_error.folder_not_empty": ("文件夹不是空的", "the folder is not empty"),
    "backup_error.copy_differs": ("副本与原库不一致", "the copy differs from the database"),
    "backup_error.unreadable": ("副本读不出来", "the copy cannot be read"),
    "backup_error.file_changed": ("副本被改动", "the copy was changed"),
    "backup_error.files_differ": ("副本中的照片不一致", "the copy's photos differ"),
    "backup_error.rows_differ": ("副本行数不一致", "the copy's rows differ"),
    "upkeep.disk": ("磁盘 {folder}", "Disk of {folder}"),
    "upkeep.disk_free": (
        "剩余 {free_gb} GB，共 {total_gb} GB",
        "{free_gb} GB free of {total_gb} GB",
    ),
    "upkeep.clock": ("系统时钟", "Clock"),
    "upkeep.clock_yes": ("已与时间服务器同步", "kept by a time server"),
    "upkeep.clock_no": ("未与时间服务器同步", "not kept by a time server"),
    "upkeep.clock_unknown": ("系统未说明是否同步", "the system does not say whether it is kept"),
    "upkeep.certificate": ("HTTPS 证书", "HTTPS certificate"),
    "upkeep.certificate_until": ("有效期至 {until}", "valid until {until}"),
    "upkeep.certificate_none": (
        "程序本身不做 HTTPS（只在本机，或由代理完成）",
        "the app itself does no HTTPS (this machine only, or a proxy does it)",
    ),
    "upkeep.backup": ("夜间备份", "Nightly backup"),
    "upkeep.backup_off": ("已关闭", "turned off"),
    "upkeep.backup_none": ("还没有；每晚 {at} 自动备份", "none yet; taken every night at {at}"),
    "upkeep.backup_good": ("{at}，{mb} MB，位于 {folder}", "{at}, {mb} MB, in {folder}"),
}
