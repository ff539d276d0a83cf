"""The words of a case's moves and checks, and the sentence for every move that is refused."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # Moves (DOMAIN §6).
    "case_action.check_report": ("核实", "Verify report"),
    "case_action.accept": ("受理", "Accept"),
    "case_action.file": ("立案", "File"),
    "case_action.reject": ("不予受理", "Reject"),
    "case_action.answer": ("直接答复", "Answer"),
    "case_action.dispatch": ("派遣", "Dispatch"),
    "case_action.reinforce": ("增派", "Send more"),
    "case_action.start": ("开始处置", "Start"),
    "case_action.return": ("退回", "Return"),
    "case_action.feed_back": ("处置反馈", "Feed back"),
    "case_action.verify": ("送核查", "Send to verify"),
    "case_action.verify_fix": ("核查", "Verify fix"),
    "case_action.rework": ("返工", "Rework"),
    "case_action.close": ("结案", "Close"),
    "case_action.transfer": ("移交", "Transfer"),
    "case_action.merge": ("合并", "Merge"),
    "case_action.ask_suspend": ("申请挂账", "Ask to suspend"),
    "case_action.suspend": ("批准挂账", "Suspend"),
    "case_action.resume": ("恢复办理", "Resume"),
    "case_action.ask_extend": ("申请延期", "Ask to extend"),
    "case_action.extend": ("批准延期", "Extend"),
    "case_action.ask_cancel": ("申请作废", "Ask to cancel"),
    "case_action.cancel": ("批准作废", "Cancel"),
    "case_action.ask_reopen": ("申请重开", "Ask to reopen"),
    "case_action.reopen": ("重开", "Reopen"),
    "case_action.decline": ("不同意", "Decline"),
    "case_action.remind": ("催办", "Remind"),
    "case_action.supervise": ("督办", "Supervise"),
    "case_action.call_back": ("回访", "Call back"),
    "case_action.rate": ("评价", "Rate"),
    # Verify-report and verify-fix.
    "report_check.exists": ("情况属实", "It is so"),
    "report_check.absent": ("未发现", "Nothing found"),
    "report_check.unable": ("无法核实", "Could not be verified"),
    "verification.pass": ("核查通过", "Passed"),
    "verification.fail": ("核查不通过", "Failed"),
    "verification.unable": ("无法核查", "Could not be verified"),
    "supervision.timeout": ("超时督办", "Overdue"),
    "supervision.leader": ("领导督办", "By a leader"),
    "supervision.important": ("重要督办", "Important"),
    # Refusals.
    "error.transition_not_allowed": (
        "案件当前状态不能做这一步",
        "The case is not in a state for this step",
    ),
    "error.move_not_yours": ("这一步不由您办理", "This step is not yours to take"),
    "error.move_incomplete": ("还缺少 {field}", "Still missing: {field}"),
    "error.case_changed": (
        "案件刚被他人更新，请看最新内容再操作",
        "Somebody else has just changed this case; look at it again first",
    ),
    "error.nothing_asked": ("没有待批准的申请", "Nobody has asked for this"),
    "error.already_asked": (
        "已有申请待批准，请先处理",
        "A request is waiting already; decide it first",
    ),
    "error.report_absent": ("核实未发现问题，不能立案", "Nothing was found, so it cannot be filed"),
    "error.fix_failed": (
        "核查不通过，不能结案，请返工",
        "The fix failed its check; send it to rework instead",
    ),
    "error.case_text_needed": (
        "请填写说明（{least} 至 {most} 字）",
        "Please write why ({least} to {most} characters)",
    ),
    "error.pause_invalid": ("暂停时段无效", "A pause of the clock is not valid"),
    "error.own_work": ("不能核查自己处置的案件", "Nobody verifies their own work"),
    "error.merge_not_possible": (
        "不能合并到这个案件",
        "The report cannot be merged into that case",
    ),
}
