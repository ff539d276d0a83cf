"""Who the viewer is, and what a page says instead of its content where he or she may not see it."""

PHRASES: dict[str, tuple[str, str]] = {
    "role.wall": ("大屏", "wall"),
    "role.duty_officer": ("值班员", "duty officer"),
    "role.grid_worker": ("网格员", "grid worker"),
    "role.secretary": ("书记", "secretary"),
    "role.property": ("物业", "property company"),
    "role.subdistrict": ("街道", "sub-district"),
    "role.privacy": ("个人信息保护专员", "privacy officer"),
    "role.admin": ("管理员", "administrator"),
    "role.resident": ("居民", "resident"),
    "role.source": ("数据来源", "source"),
    "role.cli": ("命令行", "command line"),
    "desk.own_account": ("我的账号", "My account"),
    "desk.sign_out": ("退出", "Sign out"),
    "refusal.sign_in_title": ("请先登录", "Please sign in"),
    "refusal.sign_in_hint": ("登录后再打开本页。", "Open this page again once you are signed in."),
    "refusal.not_allowed_title": ("您的岗位不能打开本页", "Your role may not open this page"),
    "refusal.not_allowed_hint": (
        "如工作需要，请管理员调整岗位权限。",
        "If your work needs it, ask the administrator to change your role.",
    ),
    "refusal.not_there_title": ("没有这一页", "There is nothing here"),
    "refusal.not_there_hint": (
        "地址有误，或内容不在您的辖区内。",
        "The address is wrong, or this lies outside your area.",
    ),
}
