#!/bin/sh
# Makes the picture of a room for the home page, and public/og.png for the card of shared links, both from docs/room.png.
# Needs ffmpeg with libwebp and DejaVu fonts. The pictures are committed; this says where they are from.
set -eu
cd "$(dirname "$0")"
room=../docs/room.png
ffmpeg -y -loglevel error -i "$room" -vf scale=960:-1 -c:v libwebp -quality 82 home/room.webp
# 1200x630, which every service that shows a card accepts. 64 colours keep it small.
ffmpeg -y -loglevel error -f lavfi -i "color=0x1b1633:s=1200x630:r=1:d=1" -i "$room" -filter_complex "
  [1]scale=760:-1[room];
  [0][room]overlay=390:195,
  drawtext=font='DejaVu Sans':text='StreamIt':fontsize=64:fontcolor=white:x=60:y=60,
  drawtext=font='DejaVu Sans':text='Watch together, wherever you are':fontsize=34:fontcolor=0xd7cdfb:x=60:y=140,
  drawtext=font='DejaVu Sans':text='Same video.':fontsize=34:fontcolor=white:x=60:y=300,
  drawtext=font='DejaVu Sans':text='Same moment.':fontsize=34:fontcolor=white:x=60:y=350,
  drawtext=font='DejaVu Sans':text='Chat beside it.':fontsize=34:fontcolor=white:x=60:y=400,
  split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none" -frames:v 1 public/og.png
