"""Follows a room of StreamIt in a terminal: who is there, and where the video is.

python3 watch.py http://localhost:3000 K7WQ3F

It reads the fields that the contract calls given, and no others. It needs Python 3.9 and the package `websockets`.
"""

import asyncio
import json
import sys
import time
import urllib.request

import websockets


def call(origin, path, body, token=None):
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    request = urllib.request.Request(f"{origin}/api/{path}/", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Video:
    """Where the room's video is: the last that was told, and what has passed since."""

    def __init__(self):
        self.is_playing, self.time, self.heard = False, 0.0, time.monotonic()

    def told(self, is_playing, position):
        self.is_playing, self.time, self.heard = is_playing, position, time.monotonic()

    def position(self):
        return self.time + (time.monotonic() - self.heard if self.is_playing else 0)

    def __str__(self):
        return f"{'playing' if self.is_playing else 'paused'} at {self.position():.1f} s"


def follow(frame, here, video):
    """Takes one frame in. Says what to print, or nothing: types that are not known here are ignored."""
    kind = frame["type"]
    if kind == "ROOM_PARTICIPANTS":
        here[:] = frame["participants"]
    elif kind == "USER_JOINED":
        here.append(frame["user"])
    elif kind == "USER_LEFT":
        here.remove(frame["user"])
    elif kind == "PLAYBACK_STATE":
        video.told(frame["is_playing"], frame["time"])
    elif kind in ("PLAY", "PAUSE", "SEEK"):
        video.told(video.is_playing if kind == "SEEK" else kind == "PLAY", frame["time"])
    elif kind == "CHAT_MESSAGE":
        return f"{frame['user']}: {frame['message']}"
    else:
        return None
    return f"here: {', '.join(sorted(here))}; {video}"


async def watch(origin, code):
    token = call(origin, "auth/guest", {"display_name": "Python"})["access_token"]
    if call(origin, "rooms/join", {"code": code}, token)["status"] != "APPROVED":
        sys.exit("The host has to let you in first.")
    here, video = [], Video()
    address = f"{origin.replace('http', 'ws', 1)}/ws/room/{code}/?token={token}"
    async with websockets.connect(address) as socket:
        async for text in socket:
            line = follow(json.loads(text), here, video)
            if line is not None:
                print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(watch(sys.argv[1], sys.argv[2]))
