#!/bin/sh
# Makes the HLS and DASH streams beside it from the sample: twenty seconds, one set of segments for both. Needs ffmpeg
# with libx264. The files are committed; this says where they are from.
set -eu
cd "$(dirname "$0")"
ffmpeg -y -loglevel error -i ../../../web/public/sample.mp4 -t 20 -vf scale=160:90 \
  -c:v libx264 -preset slow -crf 36 -g 50 -keyint_min 50 -sc_threshold 0 -an \
  -f dash -seg_duration 4 -use_template 1 -use_timeline 0 -hls_playlist 1 \
  -init_seg_name 'init.mp4' -media_seg_name 'part-$Number$.m4s' stream.mpd
