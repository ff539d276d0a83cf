"""Words of gates: their register, a call at the desk and at the gate, as (Chinese, English)."""

from __future__ import annotations

_DOOR: dict[str, tuple[str, str]] = {
    "gate.press": ("按此呼叫", "Press to call"),
    "gate.calling": ("正在呼叫社区值班室…", "Calling the duty officer…"),
    "gate.talking": ("已接通，请讲话。", "Connected: please speak."),
    "gate.talking_silent": (
        "已接通。此处没有麦克风，值班员能看到门口。",
        "Connected. There is no microphone here; the duty officer sees the gate.",
    ),
    "gate.opening": ("正在开门…", "Opening…"),
    "gate.again": ("再次呼叫", "Call again"),
    "gate.hang_up": ("结束呼叫", "End the call"),
    "gate.offline": ("暂时无法呼叫，正在连接…", "No connection just now; trying…"),
    "gate.said_opened": ("门已开，请进。", "The gate is open. Please come in."),
    "gate.said_refused": ("值班员未予开门。", "The duty officer did not open the gate."),
    "gate.said_missed": (
        "暂时无人接听，请稍后再按，或联系要拜访的住户。",
        "Nobody answered. Please try again later, or call whom you visit.",
    ),
    "gate.said_failed": (
        "未能确认门已打开；若门仍关着，请再次呼叫。",
        "The gate did not confirm that it opened. If it is still shut, please call again.",
    ),
    "gate.said_off": ("此处暂未开通呼叫。", "This gate does not take calls at present."),
    "gate.said_busy": ("呼叫过于频繁，请过几分钟再试。", "Too many calls; try in some minutes."),
    "gate.privacy": (
        "按下后值班员可与您通话并查看门口画面；不录音、不识别人脸，只登记呼叫时间和结果。",
        "After you press, the duty officer can speak with you and see the gate. Nothing is "
        "recorded and no face is recognised; only the time and outcome of the call are kept.",
    ),
    "gate.closed_title": ("链接已失效", "This link is closed"),
    "gate.closed_hint": (
        "请联系社区管理员获取新的门口平板链接。",
        "Ask the community's administrator for a new link for this gate.",
    ),
}

_DESK: dict[str, tuple[str, str]] = {
    "gate.incoming": ("门口呼叫：{gate}", "Visitor at the gate: {gate}"),
    "gate.answer": ("接听并查看", "Answer and look"),
    "gate.refuse": ("不予开门", "Turn away"),
    "gate.open": ("开门", "Open the gate"),
    "gate.open_sure": ("再按一次：确认开门", "Press again: open now"),
    "gate.close": ("结束，不开门", "End without opening"),
    "gate.live": ("通话中：门口能听到您", "LIVE: the gate hears you"),
    "gate.station": ("请用门口机通话", "Speak through the door station"),
    "gate.voice_lost": (
        "声音中断，画面和开门仍可用",
        "The voice is lost; picture and opening still work",
    ),
    "gate.simulated_note": (
        "模拟道闸：只作演示，不会有真实动作。",
        "Simulated gate: a demonstration, nothing moves.",
    ),
    "gate.not_openable": (
        "此门未获准远程开启，请安排人员到场。",
        "This gate may not be opened from afar; send somebody.",
    ),
    "gate.no_camera": ("此门没有关联摄像头", "No camera looks at this gate"),
    "gate.other_community": (
        "画面属于另一社区，请切换到该社区后查看。",
        "The picture belongs to another community; change to it to look.",
    ),
    "gate.why": ("门口呼叫：{gate}", "Visitor's call: {gate}"),
    "gate_state.ringing": ("呼叫中", "Ringing"),
    "gate_state.answered": ("通话中", "Answered"),
    "gate_state.opened": ("已开门", "Opened"),
    "gate_state.refused": ("未予开门", "Turned away"),
    "gate_state.missed": ("未接通", "Missed"),
    "gate_state.failed": ("开门未确认", "Opening not confirmed"),
    "gate_reason.officer": ("由值班员决定", "by the officer"),
    "gate_reason.nobody": ("一分钟内无人接听", "nobody answered within a minute"),
    "gate_reason.too_long": ("通话超时", "the call took too long"),
    "gate_reason.visitor_left": ("来访者已挂断", "the visitor ended it"),
    "gate_reason.officer_left": ("值班员页面已关闭", "the officer's page was closed"),
    "gate_reason.stopped": ("程序已停止", "the program stopped"),
    "gate_reason.unreachable": ("连不上道闸", "the gate cannot be reached"),
    "gate_reason.timeout": (
        "道闸 8 秒内无应答，请看画面确认是否已开",
        "no answer within 8 s: look at the picture whether it opened",
    ),
    "gate_reason.server_error": ("道闸报错", "the gate reported a fault"),
    "gate_reason.busy": ("道闸忙", "the gate is busy"),
    "gate_reason.refused": ("道闸拒绝了指令", "the gate refused the order"),
    "gate_reason.address_refused": (
        "道闸地址不在允许的网络内",
        "the gate's address is not in an allowed network",
    ),
    "gate_reason.key_missing": ("道闸地址已销毁", "the gate's address was destroyed"),
    "error.gate_call_over": ("呼叫已结束或已被接听。", "The call is over or was taken."),
    "error.gate_off": ("此门未开通呼叫。", "This gate does not take calls."),
    "error.gate_busy": (
        "此门正在呼叫或呼叫过于频繁。",
        "This gate is calling already or too often.",
    ),
    "error.gate_not_openable": (
        "此门未获准远程开启，或没有开门装置。",
        "This gate may not be opened from afar, or has nothing that opens it.",
    ),
    "error.gate_confirmation_gone": (
        "确认超时，未发出指令，请重新按“开门”。",
        "The second press came too late; nothing was sent. Press “Open the gate” again.",
    ),
    "error.gate_simulated_only": (
        "只有演示社区可以使用模拟道闸。",
        "Only a demo community can have simulated gates.",
    ),
}

_REGISTER: dict[str, tuple[str, str]] = {
    "desk.nav_gates": ("道闸呼叫", "Gates"),
    "gates.title": ("道闸呼叫", "Gates"),
    "gates.hint": (
        "来访者在门口按键，值班员看画面、通话，两次确认后开门一次。默认全部关闭：呼叫由管理员开通，"
        "远程开门须第二人批准；更换开门装置或摄像头后须重新批准。不保存来访者的姓名、声音和画面。",
        "A visitor presses at the gate; the duty officer sees it, speaks and opens it once, with "
        "two presses. All is off at first: an administrator switches calls on, opening from afar "
        "needs a second person, and again after its opener or camera was changed. No name, voice "
        "or picture of a visitor is kept.",
    ),
    "gates.new": ("新增道闸", "New gate"),
    "gates.name_zh": ("名称", "Name in Chinese"),
    "gates.name_en": ("英文名称", "Name in English"),
    "gates.camera": ("门口摄像头", "Camera at the gate"),
    "gates.no_camera": ("（无）", "(none)"),
    "gates.kind": ("开门方式", "How it opens"),
    "gates.address": ("开门地址", "Address that opens it"),
    "gates.address_hint": (
        "http(s) 地址，只进不出；改动时填写，留空则不变。",
        "http(s); goes in and never comes out. Left empty, it stays as it is.",
    ),
    "gates.add": ("新增", "Add"),
    "gates.save": ("保存", "Save"),
    "gates.remove": ("移除", "Remove"),
    "gates.remove_sure": (
        "移除此门并销毁其地址和密钥？",
        "Take it out and destroy address and secret?",
    ),
    "gates.calls": ("呼叫", "Calls"),
    "gates.opening": ("远程开门", "Opening from afar"),
    "gates.last": ("最近呼叫", "Last call"),
    "gates.on": ("已开通", "On"),
    "gates.off": ("已关闭", "Off"),
    "gates.waiting": ("等待第二人批准", "Waits for a second person"),
    "gates.switch_on": ("开通呼叫", "Switch calls on"),
    "gates.switch_off": ("关闭呼叫", "Switch calls off"),
    "gates.link": ("生成平板链接", "Make a tablet link"),
    "gates.link_new": ("更换平板链接", "Replace the tablet link"),
    "gates.link_sure": (
        "原链接立即失效，继续？",
        "The link there is closes at once. Go on?",
    ),
    "gates.unlink": ("停用链接", "Close the link"),
    "gates.made_link": (
        "“{gate}”门口平板的链接，请在平板浏览器中打开：",
        "Link of the tablet at “{gate}”; open it in its browser:",
    ),
    "gates.made_secret": (
        "“{gate}”的签名密钥，填入门口机和开门装置：",
        "Signing secret of “{gate}”, for its door station and opener:",
    ),
    "gates.reason": ("申请理由", "Why it is needed"),
    "gates.ask": ("申请远程开门", "Ask for opening from afar"),
    "gates.stop": ("停止远程开门", "Stop opening from afar"),
    "gates.done": ("已保存。", "Saved."),
    "gates.asked": (
        "已提交，须第二人在“审批”中批准。",
        "Asked. A second person decides under Approvals.",
    ),
    "gates.none_title": ("还没有道闸", "There are no gates yet"),
    "gates.none_hint": ("先在上方新增。", "Add one above."),
    "gates.recent": ("最近的呼叫", "Latest calls"),
    "gates.recent_none": ("还没有呼叫。", "No calls yet."),
    "gates.at": ("时间", "When"),
    "gates.gate": ("道闸", "Gate"),
    "gates.outcome": ("结果", "Outcome"),
    "gates.by": ("接听", "Answered by"),
    "gates.id": ("编号", "Id"),
    "gate_kind.http": ("HTTP 开门装置", "HTTP opener"),
    "gate_kind.simulated": ("模拟（仅演示）", "Simulated (demo only)"),
    "gate_kind.none": ("不能远程开", "Cannot be opened from afar"),
    "setup_field.gate_kind": ("开门方式", "How it opens"),
    "setup_field.gate_camera": ("门口摄像头", "Camera at the gate"),
    "setup_field.gate_address": ("开门地址", "Address that opens it"),
    "purpose.gate_call": ("门口呼叫", "A visitor's call"),
    "approval_fact.gate": ("道闸", "Gate"),
    "retention_class.gate_call": ("门口呼叫登记", "Register of calls from gates"),
    "role.gate": ("门口", "Gate"),
    "audit.subject.gate": ("道闸", "gate"),
    "audit.subject.gate_call": ("门口呼叫", "call from a gate"),
    "audit.action.gate.register": ("新增道闸", "Gate added"),
    "audit.action.gate.change": ("修改道闸", "Gate changed"),
    "audit.action.gate.calls": ("开通或关闭门口呼叫", "Calls of a gate switched"),
    "audit.action.gate.link": ("更换门口平板链接", "Link of a gate's tablet changed"),
    "audit.action.gate.policy": ("停止远程开门", "Opening from afar stopped"),
    "audit.action.gate.remove": ("移除道闸", "Gate taken out"),
    "audit.action.gate.call": ("门口呼叫", "Call from a gate"),
    "audit.action.gate.answer": ("接听门口呼叫", "Call from a gate answered"),
    "audit.action.gate.open": ("远程开门", "Gate opened from afar"),
    "audit.action.gate.end": ("门口呼叫结束", "Call from a gate ended"),
}

PHRASES: dict[str, tuple[str, str]] = {**_DOOR, **_DESK, **_REGISTER}
