"""A real HTTP server that behaves like cameras do, good ones and hostile ones, by its paths."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from pathlib import Path
from types import TracebackType

import numpy as np
import simplejpeg

from cameras.model import CameraSource, SourceKind, Wish
from cameras.sources.feeding import Picture
from cameras.timing import Timing

BRISK = Timing(
    stalled_s=0.4,
    restart_s=0.6,
    connect_s=0.5,
    ladder_s=(0.05,),
    linger_s=0.15,
    beat_s=0.1,
    hang_s=3.0,
    revive_s=0.05,
    probe_s=0.0,
    probe_most_s=2.0,
    health_s=0.1,
    frozen_s=0.3,
    moved_s=0.4,
)
_draw = np.random.default_rng(1)
BLOCKS = _draw.integers(0, 255, (9, 16, 3), dtype=np.uint8).repeat(20, 0).repeat(20, 1)


def jpeg(number: int = 0) -> bytes:
    """Return a picture of 320×180, another one for every number."""
    picture = BLOCKS.copy()
    picture[:20, :20] = number % 250
    return bytes(simplejpeg.encode_jpeg(picture, 80, "BGR", "420"))


def bomb() -> bytes:
    """Return a JPEG that says it has 200 megapixels."""
    whole = bytearray(jpeg())
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = (14_000).to_bytes(2, "big") + (14_300).to_bytes(2, "big")
    return bytes(whole)


class CameraServer:
    """Serves on a free port of loopback; use it as an asynchronous context manager.

    Attributes:
        open: How many connections are open now.
        asked: Heads of the requests so far.
        fps: Of its streams.
    """

    def __init__(self, fps: float = 20.0) -> None:
        self.fps, self.open = fps, 0
        self.asked: list[str] = []
        self.port = 0
        self.redirect_to = ""
        self._server: asyncio.Server | None = None
        self._readers: dict[asyncio.StreamWriter, asyncio.StreamReader] = {}

    async def __aenter__(self) -> CameraServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()

    def source(self, path: str, kind: SourceKind = "mjpeg", user: str = "") -> CameraSource:
        """Return a source of one of our paths, from a network that holds only this address."""
        return CameraSource(
            path,
            kind,
            f"http://127.0.0.1:{self.port}/{path}",
            user,
            "geheim" if user else "",
            ("127.0.0.1/32",),
            (self.port,),
        )

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self._readers[writer] = reader
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(head)
            path = head.split(" ")[1].lstrip("/")
            await getattr(self, f"_{path.partition('.')[0]}", self._nothing)(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the reader went away, as it should
        finally:
            self.open -= 1
            del self._readers[writer]
            writer.close()

    async def _say(self, writer: asyncio.StreamWriter, status: str, *lines: str) -> None:
        writer.write("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode())
        await writer.drain()

    async def _hold(self, writer: asyncio.StreamWriter) -> None:
        while not self._readers[writer].at_eof():
            await asyncio.sleep(0.01)

    async def _nothing(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "404 Not Found")

    async def _stream(
        self, writer: asyncio.StreamWriter, parts: object = None, length: bool = True
    ) -> None:
        await self._say(
            writer, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=--mark"
        )
        for part in parts or map(jpeg, itertools.count()):  # type: ignore[attr-defined]
            said = f"Content-Length: {len(part)}\r\n" if length else ""
            writer.write(f"--mark\r\nContent-Type: image/jpeg\r\n{said}\r\n".encode())
            writer.write(part + b"\r\n")
            await writer.drain()
            await asyncio.sleep(1 / self.fps)

    async def _live(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer)

    async def _lengthless(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, length=False)

    async def _frozen(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, itertools.repeat(jpeg()))

    async def _brief(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, [jpeg(1), jpeg(2)])

    async def _hanging(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, [jpeg(1)])
        await self._hold(writer)

    async def _mute(self, writer: asyncio.StreamWriter) -> None:
        await self._hold(writer)

    async def _bomb(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, [bomb()])

    async def _garbage(self, writer: asyncio.StreamWriter) -> None:
        await self._stream(writer, [b"\x00\x01garbage" * 500])

    async def _noise(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_draw.bytes(50_000))
        await self._hold(writer)

    async def _hugepart(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=mark")
        writer.write(b"--mark\r\nContent-Length: 900000000\r\n\r\n")
        await self._hold(writer)

    async def _endlesshead(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: " + b"x" * 4_000 + b"\r\n")
            await writer.drain()

    async def _endlesspart(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=mark")
        writer.write(b"--mark\r\n")
        while True:
            writer.write(b"X-More: " + b"x" * 4_000 + b"\r\n")
            await writer.drain()

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "200 OK", "Content-Type: multipart/x-mixed-replace; boundary=mark")
        writer.write(b"--mark\r\nContent-Length: 5000\r\n\r\n")
        while True:
            writer.write(b"\xff")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def _page(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "200 OK", "Content-Type: text/html")

    async def _led(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "302 Found", f"Location: {self.redirect_to}")

    async def _busy(self, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "503 Service Unavailable")

    async def _chunked(self, writer: asyncio.StreamWriter) -> None:
        kind = "Content-Type: multipart/x-mixed-replace; boundary=mark"
        await self._say(writer, "200 OK", kind, "Transfer-Encoding: chunked")
        for part in map(jpeg, itertools.count()):
            body = b"--mark\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(part), part)
            for start in range(0, len(body), 1_000):
                piece = body[start : start + 1_000]
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
            await asyncio.sleep(1 / self.fps)

    async def _snapshot(self, writer: asyncio.StreamWriter) -> None:
        picture = jpeg(len(self.asked))
        await self._say(
            writer, "200 OK", "Content-Type: image/jpeg", f"Content-Length: {len(picture)}"
        )
        writer.write(picture)

    async def _still(
        self, writer: asyncio.StreamWriter, body: bytes, length: int | None = None
    ) -> None:
        said = [] if length is None else [f"Content-Length: {length}"]
        await self._say(writer, "200 OK", "Content-Type: image/jpeg", *said)
        writer.write(body)
        await writer.drain()

    async def _stillbomb(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, bomb(), len(bomb()))

    async def _stillgarbage(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, b"\x00\x01garbage" * 500)

    async def _stillhuge(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, jpeg(), 900_000_000)
        await self._hold(writer)

    async def _stillendless(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, jpeg())
        while True:
            writer.write(bytes(100_000))
            await writer.drain()

    async def _stilldrip(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, b"\xff\xd8", 5_000)
        while True:
            writer.write(b"\xff")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def _stillmute(self, writer: asyncio.StreamWriter) -> None:
        await self._still(writer, b"", 5_000)
        await self._hold(writer)

    async def _basic(self, writer: asyncio.StreamWriter) -> None:
        # admin:geheim
        if "Authorization: Basic YWRtaW46Z2VoZWlt\r\n" in self.asked[-1]:
            await self._stream(writer)
        await self._say(writer, "401 Unauthorized", 'WWW-Authenticate: Basic realm="c"')

    async def _digest(self, writer: asyncio.StreamWriter) -> None:
        fields = dict(
            part.strip().split("=", 1)
            for line in self.asked[-1].split("\r\n")
            if line.startswith("Authorization: Digest ")
            for part in line[22:].split(", ")
        )

        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()

        if fields:
            said = ":".join(fields[name].strip('"') for name in ("nonce", "nc", "cnonce", "qop"))
            wanted = f"{md5('admin:c:geheim')}:{said}:{md5('GET:/digest')}"
            if fields["response"].strip('"') == md5(wanted):
                await self._stream(writer)
        asked = 'WWW-Authenticate: Digest realm="c", nonce="n1", qop="auth,auth-int"'
        await self._say(writer, "401 Unauthorized", asked, 'WWW-Authenticate: Basic realm="c"')


class Taking:
    """A feeding that keeps what it is given."""

    def __init__(self, source: CameraSource, timing: Timing = BRISK, fps: float = 100.0) -> None:
        self.source, self.timing = source, timing
        self.folder: Path | None = None
        self.wish = Wish(320, fps)
        self.pushed: asyncio.Queue[bytes] = asyncio.Queue()
        self.pictures: list[Picture] = []

    def due(self) -> bool:
        """Want every picture."""
        return True

    def look_due(self) -> bool:
        """Want no luma."""
        return False

    def give(self, picture: Picture) -> None:
        """Keep a picture."""
        self.pictures.append(picture)
