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
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{origin}/api/{path}/", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Room:
    """Who is there, and where the video is: the last that was told, and what has passed since."""

    def __init__(self):
        self.here, self.is_playing, self.time, self.heard = [], False, 0.0, time.monotonic()

    def follow(self, frame):
        """Takes one frame in. Says what to print, or nothing: types that are not known here are ignored."""
        kind, user = frame["type"], frame.get("user")
        if kind == "ROOM_PARTICIPANTS":
            self.here = frame["participants"]
        elif kind == "USER_JOINED":
            self.here.append(user)
        elif kind == "USER_LEFT" and user in self.here:  # of a large room the first 200 are named
            self.here.remove(user)
        elif kind in ("PLAYBACK_STATE", "PLAY", "PAUSE", "SEEK"):
            said = {"PLAY": True, "PAUSE": False, "SEEK": self.is_playing}
            self.is_playing = said[kind] if kind in said else frame["is_playing"]
            self.time, self.heard = frame["time"], time.monotonic()
        elif kind != "USER_LEFT":
            return f"{user}: {frame['message']}" if kind == "CHAT_MESSAGE" else None
        position = self.time + (time.monotonic() - self.heard if self.is_playing else 0)
        return f"here: {', '.join(sorted(self.here))}; {'playing' if self.is_playing else 'paused'} at {position:.1f} s"


async def watch(origin, code):
    token = call(origin, "auth/guest", {"display_name": "Python"})["access_token"]
    if call(origin, "rooms/join", {"code": code}, token)["status"] != "APPROVED":
        sys.exit("The host has to let you in first.")
    room = Room()
    async with websockets.connect(f"{origin.replace('http', 'ws', 1)}/ws/room/{code}/?token={token}") as socket:
        async for text in socket:
            line = room.follow(json.loads(text))
            if line is not None:
                print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(watch(sys.argv[1], sys.argv[2]))
