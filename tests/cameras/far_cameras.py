"""Cameras nobody here wrote: ffmpeg's MJPEG over HTTP and GStreamer's RTSP server, as processes.

They can be killed, hang with their connections open, and come back on the same port.
"""

from __future__ import annotations

import csv
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

RTSP_SERVER = Path(__file__).parent / "rtsp_server.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # GStreamer's bindings are Debian's, of no virtual environment
H264 = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! rtph264pay name=pay0 pt=96"


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def need_ffmpeg() -> None:
    """Skip the test where there is no ffmpeg; with CI=true it fails."""
    if shutil.which("ffmpeg") is None:
        _absent("ffmpeg is absent; `make far-cameras` installs it as root on Debian")


def need_rtsp_server() -> None:
    """Skip the test where GStreamer's RTSP server is absent; with CI=true it fails."""
    if not has_rtsp_server():
        _absent("gir1.2-gst-rtsp-server-1.0 is absent; `make far-cameras` installs it on Debian")


def has_rtsp_server() -> bool:
    """Tell whether GStreamer's RTSP server is on this machine."""
    there = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"]
    if shutil.which(SYSTEM_PYTHON) is None:
        return False
    return subprocess.run(there, capture_output=True, check=False).returncode == 0


def _absent(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


class FarCamera:
    """A process that plays one camera or many.

    Args:
        command: Its program and arguments.
        says_ready: Whether it prints `ready` once it listens.
    """

    def __init__(self, command: Sequence[str], says_ready: bool = False) -> None:
        self._command, self._says_ready = list(command), says_ready
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Play, on the same port as before."""
        quiet = subprocess.DEVNULL
        heard = subprocess.PIPE if self._says_ready else quiet
        self._process = subprocess.Popen(
            self._command,
            stdin=quiet,
            stdout=heard,
            stderr=quiet,
            text=True,
            start_new_session=True,  # signals go to all of its processes
        )
        if self._process.stdout is not None:
            assert self._process.stdout.readline() == "ready\n"

    def hang(self) -> None:
        """Send nothing more and keep every connection open."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Send again."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End at once, as a camera without power; harmless when done twice."""
        if self._process is not None and self._process.poll() is None:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, number)


def mjpeg_camera(port: int, size: str = "320x180", fps: int = 10) -> FarCamera:
    """Return ffmpeg as a camera that serves one viewer at a time."""
    ffmpeg = [
        *("ffmpeg", "-v", "quiet", "-re", "-f", "lavfi"),
        *("-i", f"testsrc2=size={size}:rate={fps}", "-q:v", "5", "-flush_packets", "1"),
        *("-f", "mpjpeg", "-content_type", "multipart/x-mixed-replace;boundary=ffmpeg"),
        *("-listen", "1", f"http://127.0.0.1:{port}/"),
    ]
    # It ends with its viewer.
    return FarCamera(["sh", "-c", 'while :; do "$@"; sleep 0.1; done', "sh", *ffmpeg])


def rtsp_cameras(port: int, mounts: Iterable[str], account: str = "-") -> FarCamera:
    """Return GStreamer's server with mounts `path=pipeline`; account is `user:password` or `-`."""
    return FarCamera([SYSTEM_PYTHON, str(RTSP_SERVER), str(port), account, *mounts], True)


def pattern_mount(path: str, pattern: str, width: int = 640, fps: int = 25) -> str:
    """Return a mount with one of GStreamer's test pictures, 16:9, as H.264."""
    video = f"video/x-raw,width={width},height={width * 9 // 16},framerate={fps}/1"
    return f"{path}=videotestsrc is-live=true pattern={pattern} ! {video} ! {H264}"


def write_camera_list(path: Path, cameras: Iterable[tuple[str, str, str]]) -> Path:
    """Write a list for `cli.py import cameras` of (name, kind, address) and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("编号", "名称", "接入方式", "地址", "法定类别"))
        for name, kind, address in cameras:
            writer.writerow((name, name, kind, address, "第九条"))
    return path
