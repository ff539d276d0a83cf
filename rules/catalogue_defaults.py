"""The default categories of a community: names, group, who is responsible, what is asked.

Ours, labelled so wherever they are shown; a community's own catalogue lies over them (ADR 0021).
Urgency and limits are in rules/vocabulary.py, who is sent in rules/responders.py.
"""

from __future__ import annotations

from dataclasses import dataclass

GROUPS = (
    "utilities",
    "lifts",
    "ebikes",
    "fire_lanes",
    "sanitation",
    "noise",
    "parking",
    "repairs",
    "hazards",
    "disputes",
    "consultation",
    "projects",
    "other",
)
Question = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Default:
    """What a default category is beside its limits.

    Attributes:
        name_zh: Name in Chinese.
        name_en: Name in English.
        group: A code of GROUPS.
        organisation_kind: Kind of organisation responsible, a code of ORGANISATION_KINDS.
        questions: What the reporter is asked, (Chinese, English) each; never who somebody is.
        keywords: Words of a report that suggest it, lower case, either language.
    """

    name_zh: str
    name_en: str
    group: str
    organisation_kind: str
    questions: tuple[Question, ...] = ()
    keywords: tuple[str, ...] = ()


_SINCE = ("从什么时候开始的？", "Since when?")
_WHERE = ("具体在什么位置？", "Where exactly?")
_SPREAD = ("影响几户、几个单元？", "How many homes or entrances are affected?")
_BLOCKED = ("现在是否还堵着？", "Is it blocked right now?")
_DANGER = ("现在有人有危险吗？", "Is anybody in danger right now?")


DEFAULTS: dict[str, Default] = {
    "lift_entrapment": Default(
        "电梯困人", "Lift entrapment", "lifts", "property_company",
        (("困了几个人，有没有人不舒服？", "How many people, is anybody unwell?"),
         ("电梯停在几层？", "At which floor did it stop?")),
        ("困人", "被困", "困在电梯", "trapped", "stuck in the lift", "stuck in the elevator"),
    ),
    "gas_leak": Default(
        "燃气泄漏", "Gas leak", "utilities", "utility",
        (_WHERE, ("阀门关了吗？", "Is the valve shut?")),
        ("燃气", "煤气", "天然气", "漏气", "gas leak", "smell of gas", "gas"),
    ),
    "sewage_overflow": Default(
        "污水外溢", "Sewage overflow", "utilities", "utility", (_WHERE, _SINCE),
        ("污水", "粪水", "下水道", "化粪池", "返水", "冒水", "sewage", "drain", "sewer"),
    ),
    "water_outage": Default(
        "停水", "Water outage", "utilities", "utility", (_SINCE, _SPREAD),
        ("停水", "没水", "没有水", "水压", "no water", "water outage", "water pressure"),
    ),
    "power_outage": Default(
        "停电", "Power outage", "utilities", "utility", (_SINCE, _SPREAD),
        ("停电", "没电", "断电", "跳闸", "no power", "power cut", "power outage", "blackout"),
    ),
    "lift_fault": Default(
        "电梯故障", "Lift fault", "lifts", "property_company",
        (("哪一部电梯？", "Which lift?"), _SINCE),
        ("电梯坏", "电梯故障", "电梯停", "电梯", "lift", "elevator"),
    ),
    "fire_lane_blocked": Default(
        "消防通道占用", "Fire lane blocked", "fire_lanes", "property_company", (_WHERE, _BLOCKED),
        ("消防通道", "消防车道", "堵通道", "fire lane", "fire exit", "escape route"),
    ),
    "wire_charging": Default(
        "飞线充电", "Illegal wire charging", "ebikes", "property_company", (_WHERE,),
        ("飞线", "拉线充电", "私拉电线", "楼道充电", "wire charging", "charging cable"),
    ),
    "ebike_in_lift": Default(
        "电动车进电梯", "E-bike in lift", "ebikes", "property_company", (_WHERE,),
        ("电动车进电梯", "电瓶车进电梯", "电动车上楼", "电瓶车", "电动车", "e-bike", "ebike"),
    ),
    "manhole_damage": Default(
        "井盖破损", "Damaged manhole", "hazards", "property_company", (_WHERE, _DANGER),
        ("井盖", "窨井", "manhole"),
    ),
    "facade_falling": Default(
        "外墙脱落", "Falling facade", "hazards", "property_company", (_WHERE, _DANGER),
        ("外墙", "墙皮", "瓷砖脱落", "facade", "façade", "falling tiles"),
    ),
    "falling_object": Default(
        "高空抛物", "Falling object", "hazards", "committee",
        (_WHERE, ("抛下的是什么？", "What was thrown down?")),
        ("高空抛物", "楼上扔", "抛物", "falling object", "thrown from"),
    ),
    "hazard": Default(
        "安全隐患", "Safety hazard", "hazards", "committee", (_WHERE, _DANGER),
        ("隐患", "危险", "不安全", "hazard", "dangerous", "unsafe"),
    ),
    "waste_overflow": Default(
        "垃圾箱满溢", "Waste overflow", "sanitation", "property_company", (_WHERE,),
        ("垃圾桶满", "垃圾箱", "垃圾满", "垃圾", "waste", "garbage", "trash", "rubbish"),
    ),
    "littering": Default(
        "乱堆杂物", "Littering", "sanitation", "property_company", (_WHERE,),
        ("乱堆", "杂物", "堆放", "建筑垃圾", "litter", "clutter", "dumped"),
    ),
    "dirty_road": Default(
        "道路不洁", "Dirty road", "sanitation", "property_company", (_WHERE,),
        ("路面脏", "道路不洁", "没打扫", "dirty road", "not swept"),
    ),
    "street_light": Default(
        "路灯不亮", "Street light out", "repairs", "property_company",
        (("灯杆上有编号吗？", "Is there a number on the pole?"),),
        ("路灯", "灯不亮", "楼道灯", "street light", "streetlight", "lamp"),
    ),
    "pipe_leak": Default(
        "管道渗漏", "Pipe leak", "repairs", "property_company", (_WHERE, _SINCE),
        ("漏水", "渗水", "水管", "管道", "leak", "pipe"),
    ),
    "public_repair": Default(
        "公共维修", "Public repair", "repairs", "property_company", (_WHERE,),
        ("维修", "坏了", "损坏", "破损", "门禁", "repair", "broken", "damaged"),
    ),
    "fitness_repair": Default(
        "健身器材损坏", "Fitness equipment", "repairs", "committee", (_WHERE,),
        ("健身器材", "健身", "fitness", "playground"),
    ),
    "parking": Default(
        "乱停乱放", "Parking", "parking", "property_company", (_WHERE, _BLOCKED),
        ("停车", "乱停", "车位", "占道", "挪车", "parking", "parked"),
    ),
    "noise": Default(
        "噪声扰民", "Noise", "noise", "committee",
        (("一般什么时间？", "At what time of day?"), _WHERE),
        ("噪声", "噪音", "吵", "扰民", "广场舞", "装修声", "noise", "noisy", "loud"),
    ),
    "pets": Default(
        "宠物管理", "Pets", "disputes", "committee", (_WHERE,),
        ("宠物", "遛狗", "不牵绳", "狗", "猫", "pet", "dog", "cat"),
    ),
    "greening": Default(
        "绿化养护", "Greenery", "sanitation", "property_company", (_WHERE,),
        ("绿化", "树", "草坪", "修剪", "tree", "lawn", "hedge", "greenery"),
    ),
    "dispute": Default(
        "邻里纠纷", "Dispute", "disputes", "committee", (_SINCE,),
        ("纠纷", "邻居", "调解", "矛盾", "dispute", "neighbour", "neighbor"),
    ),
    "consultation": Default(
        "咨询", "Question", "consultation", "committee", (),
        ("咨询", "请问", "怎么办理", "办事", "question", "how do i"),
    ),
    "elder_help": Default(
        "助老服务", "Help for elders", "consultation", "volunteers", (),
        ("老人", "助老", "独居", "elder", "elderly"),
    ),
    "project": Default(
        "项目诉求", "Project request", "projects", "committee", (),
        ("加装电梯", "改造", "加装", "增设", "建议", "retrofit", "renovation", "request to build"),
    ),
    "other": Default("其他诉求", "Other", "other", "committee", (_WHERE,)),
}  # fmt: skip
