"""The words of the sheets that hang at places, and of where they are made."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "sheet.title": ("扫码上报", "Report by phone"),
    "sheet.call": ("有问题？扫码上报", "Something wrong here? Scan to report"),
    "sheet.steps": (
        "用手机相机或微信扫一扫，拍照、写一句话、提交。无需注册，办理进度随时可查。",
        "Scan with your phone, take a photo, write a line, send. No account; follow it any time.",
    ),
    "sheet.download": ("下载扫码上报单（PDF）", "QR sheets for places (PDF)"),
    "sheet.no_places": ("还没有登记楼栋或场所。", "No building or place is registered yet."),
    "sheet.new_report": ("代登上报", "New report"),
}
