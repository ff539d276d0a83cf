"""Sentences of the pages about accounts, walls, keys and one's own account, (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "desk.nav_accounts": ("账号", "Accounts"),
    "desk.nav_kiosks": ("大屏链接", "Walls"),
    "desk.nav_keys": ("接口密钥", "Keys"),
    # What these pages share.
    "door.once": (
        "只显示这一次，请现在抄录或复制；以后任何人都查不到。",
        "Shown this once. Copy it now; nobody can look it up later.",
    ),
    "door.qr": ("二维码", "QR code"),
    "door.community": ("社区", "Community"),
    "door.label": ("用途说明", "What it is for"),
    "door.created": ("建立时间", "Made"),
    "door.state": ("状态", "State"),
    "door.live": ("有效", "Live"),
    "door.revoked": ("{at} 撤销", "Revoked {at}"),
    "door.revoke": ("撤销", "Revoke"),
    "door.revoke_sure": ("确定撤销？再按一次", "Really? Press again"),
    "door.actions": ("操作", "Actions"),
    "error.door_request_unreadable": (
        "请求无法识别，请刷新页面。",
        "That could not be understood. Reload the page.",
    ),
    # Accounts.
    "accounts.title": ("账号", "Accounts"),
    "accounts.hint": (
        "一人一号，不共用。登录名宜用岗位（如 duty1），不要用姓名。全部操作都记入审计。",
        "One account per person, never shared. Name it for the post (duty1), not for the person. "
        "Everything done here is in the audit.",
    ),
    "accounts.new": ("新建账号", "New account"),
    "accounts.change": ("修改", "Change"),
    "accounts.change_title": ("修改 {login}", "Change {login}"),
    "accounts.back": ("返回列表", "Back to the list"),
    "accounts.login": ("登录名", "Login"),
    "accounts.role": ("岗位", "Role"),
    "accounts.communities": ("所辖社区", "Communities"),
    "accounts.first_community": ("主要社区", "First community"),
    "accounts.also": ("其他社区", "Further communities"),
    "accounts.areas": ("所辖区域", "Areas"),
    "accounts.areas_hint": (
        "不选：整个社区；网格员不选则看不到任何网格。",
        "None chosen: the whole community. A grid worker without areas sees no grid.",
    ),
    "accounts.whole": ("整个社区", "Whole community"),
    "accounts.no_area": ("未分配区域", "No area yet"),
    "accounts.worker": ("对应人员", "Worker"),
    "accounts.no_worker": ("不对应", "None"),
    "accounts.subject": ("单点登录身份", "Person at the provider"),
    "accounts.subject_hint": (
        "格式：签发者|主体标识；不用单点登录则留空。",
        "As issuer|subject; empty where no provider is used.",
    ),
    "accounts.last": ("上次登录", "Last sign-in"),
    "accounts.never": ("从未", "Never"),
    "accounts.open": ("正常", "Open"),
    "accounts.closed": ("已停用", "Closed"),
    "accounts.must_change": ("待本人改密", "Must choose a password"),
    "accounts.no_password": ("仅单点登录", "Provider only"),
    "accounts.factor": ("第二步验证", "Second factor"),
    "accounts.paused": ("输错过多，暂停至 {at}", "Pausing until {at}"),
    "accounts.sessions": ("在线 {n}", "Signed in: {n}"),
    "accounts.create": ("建立", "Create"),
    "accounts.save": ("保存", "Save"),
    "accounts.save_hint": (
        "保存后该账号的登录全部结束，须重新登录。",
        "Saving signs the account out everywhere.",
    ),
    "accounts.more": ("密码与登录", "Password and sessions"),
    "accounts.set_password": ("重设密码", "Set a new password"),
    "accounts.set_password_sure": ("确定重设？再按一次", "Really? Press again"),
    "accounts.reset_factor": ("清除第二步验证", "Remove second factor"),
    "accounts.reset_factor_sure": ("确定清除？再按一次", "Really? Press again"),
    "accounts.unlock": ("解除暂停", "End the pause"),
    "accounts.end_sessions": ("结束全部登录", "Sign out everywhere"),
    "accounts.close": ("停用", "Close"),
    "accounts.close_sure": ("确定停用？再按一次", "Really? Press again"),
    "accounts.reopen": ("重新启用", "Reopen"),
    "accounts.none_title": ("还没有账号", "There are no accounts yet"),
    "accounts.none_hint": (
        "在此建立，或用命令 user create。",
        "Make one here, or with the command user create.",
    ),
    "accounts.new_password": (
        "{login} 的初始密码，请当面交给本人；首次登录时须换成自己的。",
        "First password of {login}. Hand it over in person; it is replaced at the first sign-in.",
    ),
    "accounts.done_change": ("{login} 已保存。", "{login} is saved."),
    "accounts.done_close": (
        "{login} 已停用，登录已全部结束。",
        "{login} is closed and signed out.",
    ),
    "accounts.done_reopen": ("{login} 已重新启用。", "{login} is open again."),
    "accounts.done_unlock": ("{login} 可以立即登录。", "{login} may sign in at once."),
    "accounts.done_end": ("{login} 的登录已全部结束。", "{login} is signed out everywhere."),
    "accounts.done_factor": (
        "{login} 的第二步验证已清除。",
        "The second factor of {login} is removed.",
    ),
    # Walls.
    "kiosks.title": ("大屏链接", "Walls"),
    "kiosks.hint": (
        "在大屏的浏览器里打开一次链接即可，之后重启也不必登录。大屏只能看公开投影，不能操作。"
        "链接等于钥匙，不要转发；撤销后大屏立即停止。",
        "Open the link once in the wall's browser; it stays open across restarts. A wall sees the "
        "public projection only and can change nothing. The link is a key: do not forward it. "
        "Once revoked, the wall stops at once.",
    ),
    "kiosks.new": ("新建链接", "New link"),
    "kiosks.place": ("大屏位置", "Where the wall is"),
    "kiosks.create": ("生成链接", "Make the link"),
    "kiosks.made": ("大屏“{label}”的链接：", "Link of the wall “{label}”:"),
    "kiosks.seen": ("最近在线", "Last seen"),
    "kiosks.walls": ("已打开", "Open on"),
    "kiosks.none_title": ("还没有大屏链接", "There are no walls yet"),
    "kiosks.none_hint": (
        "生成一个链接，在大屏的浏览器里打开。",
        "Make a link and open it in the wall's browser.",
    ),
    "kiosks.done_revoke": (
        "链接已撤销，大屏已停止。",
        "The link is revoked; its walls have stopped.",
    ),
    # Keys.
    "keys.title": ("接口密钥", "Keys of other software"),
    "keys.hint": (
        "每个对接系统一把，泄露时只撤销那一把。密钥只在建立时显示一次。",
        "One key per sender, so that a leak closes one. A key is shown when it is made and "
        "never again.",
    ),
    "keys.new": ("新建密钥", "New key"),
    "keys.create": ("建立密钥", "Make the key"),
    "keys.role": ("权限", "Role"),
    "keys.id": ("编号", "Id"),
    "keys.made": (
        "密钥（放入请求头 Authorization: Bearer）：",
        "The key, for the header Authorization: Bearer",
    ),
    "keys.none_title": ("还没有密钥", "There are no keys yet"),
    "keys.none_hint": (
        "其他系统要上报或读取案件时在此建立。",
        "Make one when other software shall report or read cases.",
    ),
    "keys.done_revoke": ("密钥已撤销。", "The key is revoked."),
    # One's own account.
    "own.title": ("我的账号", "My account"),
    "own.who": ("身份", "Who I am"),
    "own.language": ("语言", "Language"),
    "own.password": ("密码", "Password"),
    "own.password_hint": (
        "至少 {least} 个字符，越长越好，可以是一句话；不要求大小写或符号，也不会定期作废。",
        "At least {least} characters, the longer the better; a sentence will do. No capitals or "
        "symbols are demanded and it never expires.",
    ),
    "own.present": ("现在的密码", "Present password"),
    "own.wanted": ("新密码", "New password"),
    "own.change": ("修改密码", "Change password"),
    "own.changed": (
        "密码已修改，其他地方的登录已结束。",
        "The password is changed; you are signed out everywhere else.",
    ),
    "own.no_password": (
        "您通过单点登录进入，密码和第二步验证由那边管理。",
        "You sign in by the provider; password and second factor are kept there.",
    ),
    "own.factor": ("第二步验证", "Second factor"),
    "own.factor_hint": (
        "登录时除密码外再输入手机验证器应用的六位数字：密码泄露也进不来。",
        "At sign-in you enter six digits of an authenticator app after the password: a stolen "
        "password is then not enough.",
    ),
    "own.factor_on": (
        "已启用，还剩 {n} 个恢复码。",
        "On. Recovery codes left: {n}.",
    ),
    "own.factor_begin": ("启用", "Turn on"),
    "own.factor_scan": (
        "用验证器应用扫描，或手工输入密钥，再填应用显示的六位数字。",
        "Scan this with the authenticator app or type the secret, then enter the six digits it "
        "shows.",
    ),
    "own.factor_confirm": ("确认启用", "Confirm"),
    "own.factor_remove": ("停用", "Turn off"),
    "own.factor_remove_sure": ("确定停用？再按一次", "Really? Press again"),
    "own.factor_removed": ("第二步验证已停用。", "The second factor is off."),
    "own.codes": (
        "恢复码：手机不在身边时每个可用一次。请抄下放好。",
        "Recovery codes: each works once in the phone's place. Write them down.",
    ),
    "own.codes_renew": ("换一组恢复码", "New recovery codes"),
    "own.sessions": ("登录中的浏览器", "Signed-in browsers"),
    "own.from": ("来自", "From"),
    "own.method": ("方式", "How"),
    "own.since": ("登录时间", "Since"),
    "own.seen": ("最近使用", "Last used"),
    "own.this": ("当前浏览器", "This browser"),
    "own.end": ("结束", "End"),
    "own.end_others": ("结束其他全部登录", "Sign out everywhere else"),
    "own.ended": ("已结束。", "Ended."),
    # What the audit says of it.
    "audit.action.account.own_password": ("本人修改密码", "own password changed"),
    "audit.action.account.own_second_factor": ("本人设置第二步验证", "own second factor set"),
    "audit.action.account.own_recovery_codes": ("本人更换恢复码", "own recovery codes renewed"),
    "audit.action.account.own_session_end": ("本人结束登录", "own sessions ended"),
    "audit.action.account.own_proof": ("本人密码确认", "own password asked for"),
    "method.password": ("密码", "Password"),
    "method.password+totp": ("密码 + 第二步", "Password + code"),
    "method.oidc": ("单点登录", "Provider"),
    "method.link": ("链接", "Link"),
}
