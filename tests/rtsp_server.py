"""A camera: GStreamer's RTSP server with a test picture. Run by the system's python3, which has
Debian's bindings (python3-gi, gir1.2-gst-rtsp-server-1.0), not by the tests' own.

python3 rtsp_server.py PORT [--sound] [--sign-in NAME:PASSWORD]     prints the port, then serves
"""

import argparse

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PICTURE = (
    "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 "
    "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=12 "
    "! rtph264pay name=pay0 pt=96 config-interval=-1"
)
SOUND = (
    "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1"
)
ROLE = "keeper"


def lock(server, factory, sign_in: str) -> None:
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", ROLE)
    auth = GstRtspServer.RTSPAuth()
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(*sign_in.split(":", 1)), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    for right in ("media.factory.access", "media.factory.construct"):
        permissions.add_permission_for_role(ROLE, right, True)
    factory.set_permissions(permissions)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port")
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--sign-in", default="")
    asked = parser.parse_args()
    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service(asked.port)
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(f"( {PICTURE} {SOUND if asked.sound else ''} )")
    factory.set_shared(True)
    if asked.sign_in:
        lock(server, factory, asked.sign_in)
    server.get_mount_points().add_factory("/window", factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()


main()
