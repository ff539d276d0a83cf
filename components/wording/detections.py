"""Words of what scenes found: on the alarm desk, in the audit, and of the operator's own model."""

from __future__ import annotations

_CODES: dict[str, tuple[str, str]] = {
    "finding.obstruction": ("有物停留", "something stands there"),
    "finding.crossing": ("有物越线", "something crossed the line"),
    "finding.motion": ("有动静", "something moved"),
    "finding.water": ("地面积水", "water on the ground"),
    "confidence.low": ("较低", "low"),
    "confidence.medium": ("中等", "medium"),
    "confidence.high": ("较高", "high"),
    "thing.car": ("小汽车", "car"),
    "thing.van": ("面包车", "van"),
    "thing.truck": ("卡车", "truck"),
    "thing.bus": ("客车", "bus"),
    "thing.motorcycle": ("摩托车", "motorcycle"),
    "thing.bicycle": ("自行车", "bicycle"),
    "thing.tricycle": ("三轮车", "tricycle"),
    "thing.trailer": ("挂车", "trailer"),
    "thing.cart": ("手推车", "cart"),
    "thing.pallet": ("托盘", "pallet"),
    "thing.box": ("箱子", "box"),
    "thing.bin": ("垃圾桶", "bin"),
    "thing.bag": ("袋子", "bag"),
    "thing.furniture": ("家具", "furniture"),
    "thing.barrier": ("围挡", "barrier"),
    "thing.scaffold": ("脚手架", "scaffold"),
    "thing.plant": ("植物", "plant"),
    "thing.heap": ("堆物", "heap"),
    "detection_parameter.seconds": ("停留秒数", "Seconds until it counts"),
    "detection_parameter.sensitivity": ("灵敏度（0 至 1）", "Sensitivity, 0 to 1"),
    "detection_parameter.least_share": ("最小占用比例", "Least share of the zone or line"),
    "detection_parameter.clear_s": ("空出多少秒算结束", "Seconds free until it is over"),
    "detection_parameter.least_pixels": ("最小像素数", "Least pixels"),
    "detection_parameter.band": ("线两侧像素", "Pixels on each side of the line"),
}

_DESK: dict[str, tuple[str, str]] = {
    "detection.found": ("{scene}：{finding}", "{scene}: {finding}"),
    "detection.since": ("自 {at} 起 · {age}", "since {at} · {age}"),
    "detection.times": ("共 {n} 次，此为最近一次", "{n} times, this is the latest"),
    "detection.confidence": (
        "把握{word}（{number}，不是概率）",
        "confidence {word} ({number}, not a probability)",
    ),
    "detection.model_says": (
        "模型判断：{thing} {number}",
        "model says: {thing} {number}",
    ),
    "detection.how": ("方法与参数", "Method and parameters"),
    "detection.method": ("方法", "Method"),
    "detection.picture": ("现场小图", "Small picture"),
    "detection.picture_alt": (
        "灰度小图：{scene}，{finding}",
        "Small grey picture: {scene}, {finding}",
    ),
    "detection.scene_gone": ("看护区", "A scene"),
}

_ELSEWHERE: dict[str, tuple[str, str]] = {
    "retention_class.detection": ("画面看护的检测记录", "Detections of scenes"),
    "audit.action.detection.look": ("查看检测小图", "Look at the picture of a detection"),
    "error.detector_outside": (
        "模型文件不在数据目录的 models 文件夹内",
        "the file lies outside the folder models of the data folder",
    ),
    "error.detector_missing": ("找不到模型文件", "the file is not there or cannot be read"),
    "error.detector_large": ("模型文件超过 100 MB", "the file is larger than 100 MB"),
    "error.detector_class": (
        "类别只能是物品和车辆，如 2=car",
        "its classes must be things and vehicles of the list, such as 2=car",
    ),
    "error.detector_model": (
        "不是可用的 ONNX 检测模型，或类别数、图片边长不符",
        "it is no ONNX detection model that runs, or its classes or picture size do not fit",
    ),
    "error.detector_slow": (
        "看一张图超过 3 秒",
        "it takes more than 3 seconds for one picture",
    ),
    "error.detector_crashed": (
        "加载模型时摄像头进程退出",
        "the camera process ended while it loaded the model",
    ),
}

PHRASES: dict[str, tuple[str, str]] = {**_CODES, **_DESK, **_ELSEWHERE}
