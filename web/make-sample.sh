#!/bin/sh
# Makes public/sample.mp4: three minutes of a calm background with the time of each frame written into it, and a soft
# beat on every second. Needs ffmpeg with libx264 and DejaVu fonts. The file is committed; this says where it is from.
set -eu
cd "$(dirname "$0")"
ffmpeg -y -loglevel error \
  -f lavfi -i "gradients=s=640x360:r=25:d=180:c0=0x241a4d:c1=0x3d2c93:nb_colors=2:speed=0.004:seed=7" \
  -f lavfi -i "aevalsrc='0.20*sin(2*PI*880*t)*exp(-40*mod(t\,1))+0.05*sin(2*PI*110*t)*(0.6+0.4*sin(2*PI*t/12))+0.035*sin(2*PI*164.8*t)*(0.6+0.4*sin(2*PI*t/17))':s=44100:d=180" \
  -filter_complex "[0:v]drawtext=font='DejaVu Sans Mono':text='%{pts\:hms}':fontsize=64:fontcolor=white:x=(w-tw)/2:y=(h-th)/2-10,drawtext=font='DejaVu Sans':text='frame %{n}':fontsize=22:fontcolor=0xd7cdfb:x=(w-tw)/2:y=h/2+52,format=yuv420p[v]" \
  -map "[v]" -map 1:a -t 180 \
  -c:v libx264 -preset slow -crf 31 -tune animation -g 50 -keyint_min 50 -sc_threshold 0 -profile:v main \
  -c:a aac -b:a 24k -ac 1 -movflags +faststart -metadata title="StreamIt sample" public/sample.mp4
