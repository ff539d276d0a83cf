"""What the parts of the cameras say to each other: sources, frames, conditions, wishes, watches.

A frame is a JPEG as it came or as it was made; nothing here decodes one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rules.camera_availability import Seen
from rules.detections import Evidence
from rules.scenes import Scene

SourceKind = Literal["mjpeg", "snapshot", "rtsp", "file", "demo", "phone"]
# live: newest frame in time. late: behind its own rate. stalled: none for STALLED_MS. frozen: the
# same bytes again and again. suspected: quieter than the camera's own noise. refused: the source
# or its address is not acceptable, or it refuses us. recovering: the decoder process is restarted.
# unknown: not looked at since start-up.
State = Literal[
    "starting",
    "live",
    "late",
    "stalled",
    "frozen",
    "suspected",
    "black",
    "covered",
    "moved",
    "refused",
    "recovering",
    "unknown",
]
STALLED_MS = 3_000
SceneEvent = Literal["learning", "watching", "began", "cleared"]
# waiting: its camera has given no picture since the watching began.
SceneState = Literal["waiting", "learning", "watching"]


@dataclass(frozen=True, slots=True)
class CameraSource:
    """Where the pictures of one camera come from.

    Attributes:
        camera_id: Our id, opaque to browsers.
        kind: How it is read.
        url: Address of the stream or picture, the scene of a demo camera, or the path of a file;
            never shown, never logged.
        user: User name of the camera, if it asks for one.
        password: Its password.
        networks: Private networks the address may lead to, as in the setting outgoing_networks.
        ports: Ports it may have beside the usual ones.
    """

    camera_id: str
    kind: SourceKind
    url: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture.

    Attributes:
        jpeg: The JPEG file.
        captured_ms: When it arrived or was decoded, Unix milliseconds of this machine.
        number: Counts up by one with every frame of the camera since the app started.
        width: Pixels.
        height: Pixels.
    """

    jpeg: bytes = field(repr=False)
    captured_ms: int
    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Condition:
    """How a camera is, and since when.

    Attributes:
        state: One of State.
        since_ms: When it became so, Unix milliseconds.
        frame_ms: When its newest frame came; None before the first.
        reason: Code of why it is refused, stalled or recovering; empty otherwise.
    """

    state: State
    since_ms: int
    frame_ms: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a viewer wants of a camera: the largest of all wishes is what gets decoded.

    Attributes:
        width: Pixels the tile is drawn wide; frames may be larger, for MJPEG is passed through.
        fps: Frames a second at most.
        keyframes: True where a keyframe now and then is enough, as for the next page of a mosaic.
    """

    width: int = 640
    fps: float = 5.0
    keyframes: bool = False


@dataclass(frozen=True, slots=True)
class CameraScenes:
    """What is watched on the picture of one camera.

    Attributes:
        community_id: Whose alarms come of it.
        timezone: Name of the zone the hours of its scenes are meant in.
        scenes: The drawn scenes.
    """

    community_id: str
    timezone: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class SceneNews:
    """What the watching of a scene tells.

    Attributes:
        camera_id: Its camera.
        scene_id: The scene.
        event: learning (it finds nothing meanwhile), watching, began or cleared.
        finding: obstruction, crossing, motion or water: what the scene is there for.
        at_ms: When it began or was over, or the time of the picture, Unix milliseconds.
        confidence: 0 to 1 of began and cleared; not a probability.
        reason: Of learning: started, light_switched or asked.
        evidence: Of began: what it was found by.
    """

    camera_id: str
    scene_id: str
    event: SceneEvent
    finding: str
    at_ms: int
    confidence: float = 0.0
    reason: str = ""
    evidence: Evidence | None = None


class Scenes(Protocol):
    """The drawn scenes of a hub; on the event loop but for `state`."""

    on_news: Callable[[SceneNews], None] | None

    def configure(self, wanted: Mapping[str, CameraScenes]) -> None:
        """Replace the scenes by camera_id; those of a camera without a source wait for one."""

    def state(self, scene_id: str) -> SceneState:
        """How a scene is watched now; from any thread."""

    def relearn(self, camera_id: str, scene_id: str) -> None:
        """Learn the ground of a scene anew, because a person says that it is free now."""

    async def ground(self, camera_id: str) -> bytes:
        """What stands before a camera, without those who pass: a grey JPEG of 320 by 180.

        Raises:
            CameraUnknown: It has no source.
            TimeoutError: It gave too few pictures.
        """


class Tally(Protocol):
    """How long each camera was looked at and how it was found; on the event loop."""

    def take(self) -> Seen:
        """Return what was counted since the last time, and begin anew."""

    def give_back(self, taken: Seen) -> None:
        """Count again what was taken and could not be written down."""


class Watch(Protocol):
    """One viewer's hold on one camera; nothing is decoded without any."""

    def change(self, wish: Wish) -> None:
        """Want something else from now on."""

    def close(self) -> None:
        """Let go; harmless when done twice."""


class DetectorTrouble(Protocol):
    """The operator's own model for detections."""

    @property
    def trouble(self) -> str:
        """Why it is not used, a code; empty where it is, or none is wanted. From any thread."""


class Hub(Protocol):
    """The newest frame of every camera, once, for any number of viewers; on the event loop."""

    @property
    def detector(self) -> DetectorTrouble:
        """The operator's own model, and whether it is used."""

    @property
    def scenes(self) -> Scenes:
        """The drawn scenes of its cameras."""

    @property
    def tally(self) -> Tally:
        """What was seen of its cameras."""

    async def start(self) -> None:
        """Begin; call once on the running loop."""

    async def stop(self) -> None:
        """End every source and process."""

    def configure(self, sources: Mapping[str, CameraSource]) -> None:
        """Replace the register by camera_id; what is watched and unchanged goes on undisturbed."""

    def watch(
        self, camera_id: str, wish: Wish, on_frame: Callable[[Frame], None] | None = None
    ) -> Watch:
        """Hold a camera; `on_frame` is called on the loop with every new frame and must be quick.

        Raises:
            CameraUnknown: It is not in the register.
        """

    def frame(self, camera_id: str) -> Frame | None:
        """The newest frame, None before the first."""

    def condition(self, camera_id: str) -> Condition:
        """How the camera is now; `unknown` also for one that is not in the register."""


class CameraError(Exception):
    """What can go wrong with a camera.

    Attributes:
        code: Code of the sentence in components/wording.
    """

    code = "camera_failed"


class CameraUnknown(CameraError):
    """No camera of this id is in the register."""

    code = "camera_unknown"
