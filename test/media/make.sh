#!/bin/sh
# Makes files/: small media of every kind that tests play. The picture is the time of each frame. Needs ffmpeg with
# libx264, libx265, libvpx, DejaVu fonts, and perl. The files are committed; this says where they are from.
set -eu
cd "$(dirname "$0")"
rm -rf files
mkdir -p files/vod files/live
cd files

ff() { ffmpeg -y -loglevel error "$@"; }
PICTURE="color=c=0x3d2c93:s=160x90:r=10,drawtext=font='DejaVu Sans Mono':text='%{pts\:hms}':fontsize=20:fontcolor=white:x=(w-tw)/2:y=(h-th)/2,format=yuv420p"
SOUND="sine=frequency=300:sample_rate=48000"
H264="-c:v libx264 -preset slow -crf 36 -bf 0 -g 20 -keyint_min 20 -sc_threshold 0"
AAC="-c:a aac -b:a 16k -ac 1"
# The same bytes each time.
SAME="-flags +bitexact -fflags +bitexact"
START="$SAME -movflags +faststart"
both() { ff -f lavfi -i "$PICTURE" -f lavfi -i "$SOUND" "$@"; }

both -t 20 $H264 $AAC $START film.mp4
both -t 3 $H264 $AAC $START short.mp4
# Every second has as many bytes as any other, so that a part of the file's rate can be told: about 6 KB a second.
both -t 60 -c:v libx264 -preset slow -b:v 32k -minrate 32k -maxrate 32k -bufsize 32k -x264-params nal-hrd=cbr -threads 1 -bf 0 -g 20 $AAC $START even.mp4
ff -f lavfi -i "$SOUND" -t 20 $AAC $START sound-only.mp4
ff -f lavfi -i "$PICTURE" -t 20 $H264 $START silent.mp4
# Pictures that many browsers lack, with sound that they have.
both -t 20 -c:v libx265 -preset slow -crf 36 -x265-params log-level=error -tag:v hvc1 $AAC $START hevc.mp4
both -t 20 -c:v mpeg4 -q:v 20 -g 20 $AAC $START mpeg4-part2.mp4
# The other way round.
both -t 20 $H264 -c:a ac3 -b:a 32k -ac 1 $START ac3.mp4
# Neither duration nor index: what a pipe and MediaRecorder write. ffmpeg knows the duration all the same, so its element
# becomes an empty one of the same length.
both -t 20 -c:v libvpx -b:v 40k -g 20 -c:a libopus -b:a 16k -ac 1 $SAME -f webm pipe:1 |
  perl -0777 -pe 's/\x44\x89\x88.{8}/"\xec\x89" . "\0" x 9/es' > no-duration.webm
both -t 20 $H264 $AAC $SAME -movflags frag_keyframe+empty_moov+default_base_moof -f mp4 pipe:1 > fragmented.mp4

# One set of segments for HLS and DASH.
stream() {
  both $H264 $AAC $SAME -f dash -use_template 1 -use_timeline 1 -hls_playlist 1 -hls_master_name stream.m3u8 \
    -adaptation_sets 'id=0,streams=v id=1,streams=a' \
    -init_seg_name 'init-$RepresentationID$.mp4' -media_seg_name 'part-$RepresentationID$-$Number$.m4s' "$@"
}
stream -t 20 -seg_duration 4 vod/stream.mpd
# The day on which the files were made says nothing.
sed -i '/PROGRAM-DATE-TIME/d' vod/media_*.m3u8
sed 's/^#\(EXT-X-STREAM-INF.*\)/#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,URI="english.m3u8"\n#\1,SUBTITLES="text"/' \
  vod/stream.m3u8 > vod/subtitles.m3u8
printf '#EXTM3U\n#EXT-X-TARGETDURATION:20\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:20,\nenglish.vtt\n#EXT-X-ENDLIST\n' > vod/english.m3u8
cat > vod/english.vtt <<'END'
WEBVTT
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

00:00.000 --> 00:10.000
The first ten seconds

00:10.000 --> 00:20.000
The last ten seconds
END

# A live stream repeats four segments of two seconds. They are the second eight seconds of sixteen: the encoder's own
# beginning is not among them, and eight seconds are a whole number of frames of sound.
stream -t 20 -seg_duration 2 live/stream.mpd
cd live
for track in 0 1; do
  for part in 1 2 3 4 9 10; do rm "part-$track-$part.m4s"; done
  for part in 5 6 7 8; do mv "part-$track-$part.m4s" "part-$track-$((part - 5)).m4s"; done
done
rm ./*.m3u8 stream.mpd
