"""What happens in the demo community: how often each matter comes up, where, and in what words.

All texts are ours; none names a person, a phone or a door.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """One category of the demo's reports.

    Attributes:
        weight: How common it is; the weights are relative.
        rain: Factor on a day of heavy rain.
        where: Kinds of places it comes up at.
        channels: How it usually comes in.
        titles: Short texts.
        details: Second sentences, any of which goes with any title.
    """

    weight: float
    where: tuple[str, ...]
    channels: tuple[str, ...]
    titles: tuple[str, ...]
    details: tuple[str, ...]
    rain: float = 1.0


_OUTDOORS = ("road", "square", "green")
_CALLS = ("report", "phone", "phone", "counter")

MATTERS: dict[str, Matter] = {
    "lift_entrapment": Matter(
        0.5, ("lift",), ("sensor", "phone"),
        ("电梯停在层间，有人被困", "电梯困人，轿厢内可通话"),
        ("已安抚被困人员，等待维保到场。", "轿厢照明正常，情绪平稳。"),
    ),
    "gas_leak": Matter(
        0.4, ("building",), ("phone", "report"),
        ("楼道闻到燃气味", "厨房外墙燃气管处有异味"),
        ("已提醒开窗、勿开关电器。", "燃气公司抢修已通知。"),
    ),
    "sewage_overflow": Matter(
        1.2, ("septic_tank", "manhole"), ("report", "patrol", "sensor"),
        ("污水井外溢，路面有积水", "化粪池冒溢，异味明显", "检查井返水，影响通行"),
        ("已摆放警示锥桶。", "邻近通道，行人较多。", "需要疏通车辆到场。"), 9.0,
    ),
    "water_outage": Matter(
        0.8, ("building", "pump_room"), _CALLS,
        ("整栋楼停水", "高层水压不足，无法用水"),
        ("高区用户反映集中。", "二次供水设备疑似停机。"), 1.5,
    ),
    "power_outage": Matter(
        0.7, ("building", "power_room"), _CALLS,
        ("单元停电，公共照明也不亮", "配电房跳闸，多户停电"),
        ("请先排查公共线路。", "已提醒使用手电，注意安全。"), 3.5,
    ),
    "lift_fault": Matter(
        2.0, ("lift",), ("sensor", "report", "phone"),
        ("电梯停运", "电梯门反复开合", "电梯运行有异响", "电梯按键失灵"),
        ("已张贴停用提示。", "请维保单位尽快到场。", "高层住户出行不便。"), 1.6,
    ),
    "fire_lane_blocked": Matter(
        3.4, ("fire_lane",), ("camera", "patrol", "report"),
        ("车辆占用消防通道", "消防通道堆放杂物", "货车临时停放堵住消防通道"),
        ("已电话联系挪车未果。", "通道剩余宽度不足。", "巡逻员现场等候。"),
    ),
    "wire_charging": Matter(
        2.6, ("building",), ("patrol", "report"),
        ("楼道飞线充电", "从窗口拉线给电动车充电"),
        ("线路悬空，存在隐患。", "已口头劝导，仍未拆除。"),
    ),
    "ebike_in_lift": Matter(
        2.2, ("lift",), ("camera",),
        ("电动自行车进电梯", "电动车推入电梯轿厢"),
        ("现场已语音劝阻。", "一周内同楼第二次出现。"),
    ),
    "manhole_damage": Matter(
        1.1, ("manhole",), ("patrol", "report"),
        ("井盖松动，车过有响声", "井盖破损下沉", "井盖缺失一角"),
        ("已临时围挡。", "夜间不易看见。"), 1.8,
    ),
    "facade_falling": Matter(
        0.9, ("building",), ("report", "patrol"),
        ("外墙瓷砖空鼓，有脱落风险", "屋檐抹灰掉落"),
        ("楼下已拉警戒带。", "下方为人行通道。"), 3.0,
    ),
    "falling_object": Matter(
        1.0, ("building",), ("camera", "report"),
        ("高空抛物，落在人行道", "楼上掉落花盆碎片"),
        ("无人受伤，已清理现场。", "已张贴提醒告示。"),
    ),
    "hazard": Matter(
        1.8, ("road", "green", "fitness", "building"), ("patrol", "report"),
        ("护栏松动", "路面塌陷约半米", "树枝断裂悬在步道上方", "台阶破损易绊倒"),
        ("已设置提示牌。", "老人小孩经过较多。", "建议尽快处理。"), 3.0,
    ),
    "waste_overflow": Matter(
        6.4, ("waste_station",), ("report", "patrol", "camera"),
        ("垃圾桶满溢", "垃圾分类点桶外堆放", "厨余桶未及时清运"),
        ("异味明显。", "请增加一次清运。", "周末投放量大。"),
    ),
    "littering": Matter(
        4.2, _OUTDOORS, ("patrol", "report"),
        ("绿地里有散落垃圾", "道路边堆放装修垃圾", "广场地面有纸屑果皮"),
        ("约两平方米。", "已拍照留存。"),
    ),
    "dirty_road": Matter(
        3.0, ("road",), ("patrol", "report"),
        ("路面有泥土遗撒", "路口积水未清扫", "人行道油污"),
        ("车辆带泥上路所致。", "雨后未清理。"), 4.0,
    ),
    "street_light": Matter(
        4.0, ("street_light",), ("report", "patrol", "phone"),
        ("路灯不亮", "路灯闪烁", "路灯灯杆倾斜"),
        ("夜间较暗。", "相邻两盏同时不亮。"), 1.4,
    ),
    "pipe_leak": Matter(
        3.6, ("building", "pump_room"), _CALLS,
        ("楼道水管渗漏", "外墙落水管漏水", "地下管道疑似漏水"),
        ("墙面已有水渍。", "滴水速度加快。"), 2.6,
    ),
    "public_repair": Matter(
        6.2, ("building", "facility", "gate"), _CALLS,
        ("单元门无法关闭", "楼道灯不亮", "门禁读卡失灵", "楼道窗户破损", "信报箱锁损坏"),
        ("请物业安排维修。", "影响夜间安全。", "已反映过一次。"), 1.3,
    ),
    "fitness_repair": Matter(
        1.6, ("fitness",), ("report", "patrol"),
        ("健身器材螺丝松动", "健身器材座板断裂", "跷跷板扶手脱落"),
        ("已停用并贴提示。", "孩子常在此玩耍。"),
    ),
    "parking": Matter(
        5.4, ("road", "gate"), ("report", "phone", "patrol"),
        ("车辆乱停影响通行", "门口停车堵住出入口", "车辆占用人行道"),
        ("早高峰尤其明显。", "请现场疏导。"),
    ),
    "noise": Matter(
        4.6, ("building", "square"), _CALLS,
        ("夜间装修噪声", "广场舞音量过大", "楼上持续敲击声", "商铺音响外放"),
        ("已超过规定时间。", "影响孩子休息。", "希望上门协调。"),
    ),
    "pets": Matter(
        2.2, ("green", "building"), ("report", "phone"),
        ("遛狗未牵绳", "宠物粪便未清理", "犬吠扰民"),
        ("请加强文明养犬宣传。", "早晚时段较多。"),
    ),
    "greening": Matter(
        2.4, ("green", "road"), ("report", "patrol"),
        ("树木遮挡采光，申请修剪", "草坪枯黄缺株", "灌木遮挡路口视线"),
        ("请园林人员查看。", "希望列入本月计划。"), 1.5,
    ),
    "dispute": Matter(
        1.6, ("building",), ("counter", "phone", "visit"),
        ("楼道堆物引起邻里争执", "漏水赔偿协商不成", "车位使用纠纷"),
        ("双方同意调解。", "希望社区出面协调。"),
    ),
    "consultation": Matter(
        4.0, ("committee", "building"), ("counter", "phone", "report"),
        ("咨询居住证办理材料", "咨询老旧小区改造进度", "咨询医保报销流程", "咨询加装电梯流程"),
        ("希望电话答复。", "已阅读公告，仍有疑问。"),
    ),
    "elder_help": Matter(
        2.8, ("building", "elder_care"), ("visit", "phone"),
        ("老人家中灯具需更换", "申请助餐送餐", "行动不便，申请代办", "希望协助预约就诊"),
        ("网格员走访时提出。", "家属在外地。", "请志愿者协助。"),
    ),
    "project": Matter(
        0.5, ("building", "road", "square"), ("superior", "counter"),
        ("申请增设充电车棚", "建议增设减速带", "申请加装楼道扶手"),
        ("需征求居民意见。", "列入议事会讨论。"),
    ),
    "other": Matter(
        1.4, ("road", "building", "market"), _CALLS,
        ("流动摊贩占道", "公告栏内容过期", "捡到物品待认领"),
        ("请相关人员核实。", "已登记。"),
    ),
}  # fmt: skip
