"""What cameras cost: relaying, looking at all in turn, decoding beside ffmpeg and motion.

Percent means of one core. The processes that play the cameras are not counted.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import uvloop

from bench.camera_farm import stamped_ms
from bench.process import ROOT, free_port
from bench.report import Figure, Report, percentile
from cameras.hub import CameraHub, now_ms
from cameras.model import CameraSource, Frame, Wish
from cameras.timing import Timing

FPS = 5.0
SECONDS = 20.0
DECODED = 4
REALDATA = Path(os.environ.get("YIPING_REALDATA", ROOT.parent / "shared" / "data"))
CLIP = REALDATA / "video_pedestrians_opencv_vtest" / "vtest.avi"
RTSP_SERVER = ROOT / "tests" / "cameras" / "rtsp_server.py"
_NETWORKS = ("127.0.0.1/32",)
# name, size, frames a second, rate, goal of ours in percent
VIDEOS = (("360p15", "640:360", 15, "600k", 1.6), ("720p25", "1280:720", 25, "2M", 5.5))


def measure(report: Report, folder: Path, seconds: float = SECONDS) -> None:
    """Measure everything; `folder` takes the clips."""
    with _farm() as port:
        for count, goal in ((64, 6.0), (500, 25.0)):
            _run(_relay(report, port, count, goal, seconds))
        _run(_in_turn(report, port, seconds))
    folder.mkdir(parents=True, exist_ok=True)
    if not CLIP.exists() or shutil.which("ffmpeg") is None:
        print("no clip or no ffmpeg: decoding is not measured")
        return
    for video in VIDEOS:
        _decoding(report, folder, *video, seconds)


def _run(work: object) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)  # type: ignore[arg-type]


@contextmanager
def _farm() -> Iterator[int]:
    command = [sys.executable, "-m", "bench.camera_farm", str(FPS)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def _sources(port: int, count: int) -> dict[str, CameraSource]:
    url = f"http://127.0.0.1:{port}/"
    return {
        f"c{k}": CameraSource(f"c{k}", "mjpeg", f"{url}{k}", networks=_NETWORKS, ports=(port,))
        for k in range(count)
    }


def _spent_s(pids: list[int]) -> float:
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


async def _relay(report: Report, port: int, count: int, goal: float, seconds: float) -> None:
    hub = CameraHub(Timing(probe_s=0))
    await hub.start()
    hub.configure(_sources(port, count))
    ages: list[float] = []
    numbers = dict.fromkeys(hub.cameras, 0)

    def seen(frame: Frame) -> None:
        ages.append(now_ms() - stamped_ms(frame.jpeg))

    for camera_id in hub.cameras:
        hub.watch(camera_id, Wish(640, FPS), seen)
    while any(hub.frame(camera_id) is None for camera_id in hub.cameras):
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    here = [psutil.Process().pid]
    before = _spent_s(here), _spent_s(hub.pids)
    numbers = {camera_id: _number(hub, camera_id) for camera_id in numbers}
    ages.clear()
    begun = time.perf_counter()
    await asyncio.sleep(seconds)
    took_s = time.perf_counter() - begun
    web, worker = _spent_s(here) - before[0], _spent_s(hub.pids) - before[1]
    rates = [(_number(hub, each) - known) / took_s for each, known in numbers.items()]
    memory_mb = sum(psutil.Process(pid).memory_info().rss for pid in hub.pids) / 2**20
    report.add(
        f"{count} MJPEG cameras of 640×360 relayed at {FPS:g} fps",
        Figure("hub and worker", 100 * (web + worker) / took_s, "%", goal),
        Figure("of that the hub, in the web process", 100 * web / took_s, "%"),
        Figure("slowest camera ÷ its rate", min(rates) / FPS, "×", 0.9, at_most=False),
        Figure("age of a frame at the hub, median", percentile(ages, 0.5), "ms"),
        Figure("age of a frame at the hub, p95", percentile(ages, 0.95), "ms", 100),
        Figure("memory of the worker", memory_mb, "MB"),
    )
    await hub.stop()


def _number(hub: CameraHub, camera_id: str) -> int:
    frame = hub.frame(camera_id)
    return frame.number if frame is not None else 0


async def _in_turn(report: Report, port: int, seconds: float) -> None:
    hub = CameraHub(Timing(probe_s=60))
    await hub.start()
    hub.configure(_sources(port, 500))
    while not hub.pids:
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    pids = [psutil.Process().pid, *hub.pids]
    spent, looked = _spent_s(pids), _looked(hub)
    await asyncio.sleep(seconds)
    report.add(
        "500 registered cameras looked at in turn, once a minute",
        Figure("hub and worker", 100 * (_spent_s(pids) - spent) / seconds, "%", 10),
        Figure("looks a second", (_looked(hub) - looked) / seconds, "/s", 7.5, at_most=False),
    )
    await hub.stop()


def _looked(hub: CameraHub) -> int:
    return sum(hub.condition(each).state == "live" for each in hub.cameras)


def _decoding(
    report: Report,
    folder: Path,
    name: str,
    size: str,
    fps: int,
    rate: str,
    goal: float,
    seconds: float,
) -> None:
    port = free_port()
    clip = encoded(folder / f"{name}.mp4", size, fps, rate, 120)
    mounts = [mount(f"/{k}", clip) for k in range(DECODED)]
    command = ["/usr/bin/python3", str(RTSP_SERVER), str(port), "-", *mounts]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        urls = [f"rtsp://127.0.0.1:{port}/{k}" for k in range(DECODED)]
        result: list[tuple[float, float]] = []
        _run(_ours(result, urls, port, False, seconds))
        _run(_ours(result, urls, port, True, seconds))
        theirs = _programs([_ffmpeg(url) for url in urls], seconds)
        motion = _motion(folder, urls, seconds)
    finally:
        server.kill()
        server.wait()
    (ours, memory_mb), (keyframes, _) = result
    figures = [
        Figure("one camera", ours, "%", goal),
        Figure("one camera, memory", memory_mb, "MB", 17 if name == "720p25" else None),
        Figure("one camera, keyframes only", keyframes, "%"),
        Figure("ffmpeg, one camera", theirs[0], "%"),
        Figure("ffmpeg, memory", theirs[1], "MB"),
        Figure("ours ÷ ffmpeg", ours / theirs[0], "×", 0.8),
    ]
    if motion is not None:
        figures.append(Figure("motion, one camera (detects motion as well)", motion, "%"))
        figures.append(Figure("ours ÷ motion", ours / motion, "×", 0.65))
    report.add(f"{DECODED} RTSP cameras {name} H.264 decoded to 640×360 at 5 fps", *figures)


def encoded(film: Path, size: str, fps: int, rate: str, seconds: int) -> Path:
    """Write the clip as H.264 with a keyframe every two seconds, and return where it lies."""
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-stream_loop", "-1", "-i", str(CLIP), "-t", str(seconds)),
            *("-vf", f"scale={size},fps={fps}", "-c:v", "libx264", "-preset", "veryfast"),
            *("-b:v", rate, "-g", str(2 * fps), "-bf", "0", "-an", "-y", str(film)),
        ],
        check=True,
    )
    return film


def mount(path: str, film: Path) -> str:
    """Return what the RTSP server plays under a path: a film in its own time."""
    return f"{path}=filesrc location={film} ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96"


async def _ours(
    result: list[tuple[float, float]], urls: list[str], port: int, keyframes: bool, seconds: float
) -> None:
    hub = CameraHub(Timing(probe_s=0, health_s=1.0))
    await hub.start()
    # A film source first, so that the decoder is loaded before memory is counted.
    hub.configure(
        {u: CameraSource(u, "rtsp", u, networks=_NETWORKS, ports=(port,)) for u in urls}
        | {"none": CameraSource("none", "file", "none.avi")}
    )
    hub.watch("none", Wish())
    while hub.condition("none").state != "refused":
        await asyncio.sleep(0.1)
    empty = psutil.Process(hub.pids[0]).memory_info().rss
    for url in urls:
        hub.watch(url, Wish(640, FPS, keyframes))
    while any(hub.frame(url) is None for url in urls):
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    spent = _spent_s(hub.pids)
    await asyncio.sleep(seconds)
    percent = 100 * (_spent_s(hub.pids) - spent) / seconds / len(urls)
    grown = psutil.Process(hub.pids[0]).memory_info().rss - empty
    result.append((percent, grown / 2**20 / len(urls)))
    await hub.stop()


def _ffmpeg(url: str) -> list[str]:
    return [
        *("ffmpeg", "-v", "quiet", "-threads", "1", "-skip_loop_filter", "all"),
        *("-rtsp_transport", "tcp", "-i", url, "-vf", "fps=5,scale=640:360"),
        *("-threads", "1", "-q:v", "5", "-f", "mpjpeg", "-y", "/dev/null"),
    ]


def _motion(folder: Path, urls: list[str], seconds: float) -> float | None:
    if shutil.which("motion") is None:
        return None
    commands = []
    for place, url in enumerate(urls):
        config = folder / f"motion-{place}.conf"
        config.write_text(
            f"daemon off\nlog_level 3\nnetcam_url {url}\nnetcam_params rtsp_transport=tcp\n"
            "framerate 5\npicture_output off\nmovie_output off\nwebcontrol_port 0\n"
            f"stream_port {free_port()}\nstream_localhost on\ntarget_dir {folder}\n",
            encoding="utf-8",
        )
        commands.append(["motion", "-c", str(config)])
    return _programs(commands, seconds)[0]


def _programs(commands: list[list[str]], seconds: float) -> tuple[float, float]:
    """Run some programs side by side; returns percent of a core and MB of each."""
    running = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        time.sleep(4)
        pids = [process.pid for process in running]
        before = _spent_s(pids)
        time.sleep(seconds)
        percent = 100 * (_spent_s(pids) - before) / seconds / len(pids)
        memory = sum(psutil.Process(pid).memory_info().rss for pid in pids)
        return percent, memory / 2**20 / len(pids)
    finally:
        for process in running:
            process.kill()
            process.wait()
