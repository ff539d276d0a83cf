"""A real RTSP server for tests and benchmark, GStreamer's; run with the system's Python.

python3 rtsp_server.py <port> <user:password or -> <path=pipeline> ...; prints `ready`.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402


def main() -> None:
    """Serve the pipelines until the process is ended."""
    Gst.init(None)
    port, account, *mounts = sys.argv[1:]
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service=port)
    if account != "-":
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(2)  # digest
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        name, _, password = account.partition(":")
        auth.add_digest(name, password, token)
        server.set_auth(auth)
    for mount in mounts:
        path, _, pipeline = mount.partition("=")
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {pipeline} )")
        factory.set_shared(True)
        if account != "-":
            factory.add_role_from_structure(role())
        server.get_mount_points().add_factory(path, factory)
    server.attach(None)
    print("ready", flush=True)
    GLib.MainLoop().run()


def role() -> Gst.Structure:
    """Return what whoever signed in may do."""
    text = "viewer, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
    return Gst.Structure.from_string(text)[0]


main()
