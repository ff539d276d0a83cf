"""What is said about an upload that cannot be taken."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.image_refused": ("这张图片无法接收。", "This picture cannot be taken."),
    "error.image_too_large": (
        "图片超过 {most_mb} MB，请缩小后再传。",
        "The picture is larger than {most_mb} MB; make it smaller and try again.",
    ),
    "error.image_too_many_pixels": (
        "图片超过 {most_megapixels} 百万像素，请缩小后再传。",
        "The picture has more than {most_megapixels} million pixels; make it smaller and try "
        "again.",
    ),
    "error.image_format": (
        "只接收 JPEG、PNG、WebP 图片，请换一种格式。",
        "Only JPEG, PNG and WebP pictures are taken; save it as one of these.",
    ),
    "error.image_animated": (
        "不接收动图，请传静止的图片。",
        "Animated pictures are not taken; send a still one.",
    ),
    "error.image_broken": (
        "图片不完整或已损坏，请重新拍摄或导出。",
        "The picture is cut off or damaged; take or export it again.",
    ),
}
