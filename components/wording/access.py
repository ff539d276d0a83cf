"""Sentences about signing in, accounts, walls and keys, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "app.plain": ("社区一屏统揽", "one screen for the community"),
    # The sign-in page.
    "signin.title": ("登录", "Sign in"),
    "signin.login": ("登录名", "Login"),
    "signin.password": ("密码", "Password"),
    "signin.submit": ("登录", "Sign in"),
    "signin.show": ("显示密码", "Show password"),
    "signin.hide": ("隐藏密码", "Hide password"),
    "signin.help": (
        "没有账号或忘记密码，请找管理员。连续输错五次后须等待 30 秒至 15 分钟。",
        "No account, or password forgotten? Ask the administrator. After five wrong attempts in a "
        "row you have to wait between 30 seconds and 15 minutes.",
    ),
    "signin.provider": ("用 {name} 登录", "Sign in with {name}"),
    "signin.or": ("或", "or"),
    "signin.signed_out": ("您已退出。", "You are signed out."),
    "signin.code_title": ("第二步验证", "Second step"),
    "signin.code": ("验证码", "Code"),
    "signin.code_hint": (
        "打开手机上的验证器应用，输入六位数字；手机不在身边时，输入一个恢复码。",
        "Open the authenticator app on your phone and enter the six digits. Without the phone, "
        "enter one of your recovery codes.",
    ),
    "signin.continue": ("继续", "Continue"),
    "signin.again": ("重新登录", "Begin again"),
    "signin.change_title": ("设置您自己的密码", "Choose your own password"),
    "signin.change_hint": (
        "现在的密码是别人设的，请换成只有您知道的。至少 {least} 个字符，越长越好，"
        "可以是一句话，空格和汉字都可以；不要求大小写或符号，也不会定期作废。",
        "Your present password was set by somebody else. Choose one that only you know: at least "
        "{least} characters, the longer the better. A sentence will do, spaces and any script are "
        "fine; no capitals or symbols are demanded and it never expires.",
    ),
    "signin.new_password": ("新密码", "New password"),
    "signin.save": ("保存并进入", "Save and go on"),
    # The link of a wall.
    "kiosk.closed_title": ("这个大屏链接已失效", "This wall link does not work"),
    "kiosk.closed_hint": (
        "链接有误、已撤销或不完整。请管理员在“大屏”页或用命令 kiosk create 重新生成。",
        "It is wrong, incomplete or has been revoked. Ask the administrator for a new one: page "
        "“Walls”, or the command kiosk create.",
    ),
    # The end of a session, on a page that is open.
    "session.over": ("登录已结束，内容已隐藏。", "You are signed out; the page is hidden."),
    "session.sign_in": ("重新登录", "Sign in again"),
    "session.wall_over": (
        "大屏链接已撤销，画面已停止。请管理员重新生成链接。",
        "This wall's link was revoked and the screen has stopped. Ask the administrator for a new "
        "link.",
    ),
    # Refusals.
    "error.sign_in_failed": (
        "登录名或密码不对；如多次输错，请稍后再试。",
        "Login or password is not right. After several wrong attempts, wait a while and try again.",
    ),
    "error.sign_in_wait": (
        "从这里登录失败的次数过多，请 {minutes} 分钟后再试。",
        "Too many failed attempts from here. Try again in {minutes} min.",
    ),
    "error.sign_in_busy": (
        "此刻登录的人过多，请几秒钟后再试。",
        "Too many people are signing in right now. Try again in a few seconds.",
    ),
    "error.sign_in_over": (
        "登录用时过长或输错过多，请重新开始。",
        "That took too long, or too many codes were wrong. Please begin again.",
    ),
    "error.code_wrong": (
        "验证码不对，或已经用过。请等下一个验证码。",
        "The code is wrong or was used before. Wait for the next one.",
    ),
    "error.form_stale": (
        "页面放置过久或不是从本站打开的，请再提交一次。",
        "This page was open for too long, or was not opened from here. Please send it again.",
    ),
    "error.form_invalid": ("提交的内容无法读取。", "What was sent cannot be read."),
    "error.password_same": (
        "新密码与原密码相同，请换一个。",
        "This is the old password. Choose another one.",
    ),
    "error.password_short": (
        "密码太短：至少 {least} 个字符，现在 {found} 个。",
        "Too short: at least {least} characters, this has {found}.",
    ),
    "error.password_long": (
        "密码太长：最多 {most} 个字符。",
        "Too long: at most {most} characters.",
    ),
    "error.password_characters": (
        "密码中有无法输入的控制字符。",
        "The password holds control characters that cannot be typed.",
    ),
    "error.password_easy": (
        "这个密码太容易猜：由常用词、键盘顺序、重复或您的名称组成。请换一句只有您想得到的话。",
        "Too easy to guess: it is made of common words, keys in a row, repeats or your own names. "
        "Choose a sentence only you would think of.",
    ),
    "error.password_wrong": ("现在的密码不对。", "Your present password is not right."),
    "error.login_invalid": (
        "登录名须为 2 至 40 个小写字母、数字、点、连字符或下划线。",
        "A login has 2 to 40 lower-case letters, digits, dots, hyphens or underscores.",
    ),
    "error.login_taken": (
        "登录名“{login}”已被使用（可能是已停用的账号）。",
        "The login “{login}” is taken, perhaps by a closed account.",
    ),
    "error.oidc_subject_invalid": (
        "单点登录身份的格式应为“签发者|主体标识”。",
        "A person at the provider is written issuer|subject.",
    ),
    "error.oidc_subject_taken": (
        "这个单点登录身份已关联另一个账号。",
        "This person at the provider is linked with another account.",
    ),
    "error.area_unknown": ("所选社区没有这个区域。", "The communities have no such area."),
    "error.worker_unknown": ("所选社区没有这个人员。", "The communities have no such worker."),
    "error.last_admin": (
        "这是“{community_id}”最后一个管理员；请先设立另一个管理员。",
        "This is the last administrator of “{community_id}”; make another one first.",
    ),
    "error.sign_in_required": ("请先登录。", "Please sign in."),
    "error.not_allowed": ("您的岗位不能这样做。", "Your role may not do this."),
    "error.kiosk_unknown": ("没有这个大屏链接。", "There is no such wall link."),
    "error.label_invalid": (
        "名称最多 80 个字符，不能有控制字符。",
        "A label has at most 80 characters and no control characters.",
    ),
    "error.provider_failed": (
        "单点登录没有成功，请再试一次；仍不行请找管理员。",
        "The sign-in at the provider did not work. Try again, or ask the administrator.",
    ),
    "error.provider_unreachable": (
        "连接不上单点登录服务，请稍后再试。",
        "The sign-in provider cannot be reached. Try again later.",
    ),
    "error.provider_unknown_person": (
        "您在单点登录服务中的身份还没有关联本系统的账号，请找管理员。",
        "The provider knows you, but no account here is linked with you. Ask the administrator.",
    ),
}
