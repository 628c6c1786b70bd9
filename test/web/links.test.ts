import { describe, expect, it } from 'vitest'
import { Media } from '../../protocol/media.ts'
import { type LinkProblem, type Source, sourceAt, sourceOf, type Unjudged } from '../../web/players/source.ts'

// What people paste, as it was collected: one table, every line with what it leads to.
type Row = readonly [link: string, found: Source | Unjudged | LinkProblem]

const links: Record<string, readonly Row[]> = {
  YouTube: [
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'http://www.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['http://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['youtube.com/watch?v=aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https://youtu.be/aqz-KE-bpKQ?si=AbCdEfGhIjKlMnOp',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ?t=90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=1m30s',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ&list=PL0123456789abcdef&index=3',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/shorts/aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/live/aqz-KE-bpKQ?feature=share',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/embed/aqz-KE-bpKQ?start=30',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 30 },
    ],
    [
      'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://m.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://music.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://www.youtube.com/v/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://www.youtube.com/e/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://www.youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https://gaming.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ?si=AbCdEfGhIjKl',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/watch?app=desktop&v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/#/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://www.youtube.com/playlist?list=PL0123456789abcdef', 'youtubePlaylist'],
    ['https://www.youtube.com/embed/videoseries?list=PL0123456789abcdef', 'youtubePlaylist'],
    ['https://www.youtube.com/@SomeChannel/live', 'youtubeChannel'],
    ['https://www.youtube.com/clip/UgkxAbCdEfGhIjKlMnOpQrStUvWxYz', 'youtubeClip'],
    ['https://www.youtube.com/embed/live_stream?channel=UC0123456789', 'youtubeChannel'],
    [
      '<iframe width="560" height="315" src="https://www.youtube.com/embed/aqz-KE-bpKQ"></iframe>',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
  ],
  Vimeo: [
    ['https://vimeo.com/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['http://vimeo.com/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/968881052/2acf67443a', { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a' }],
    [
      'https://player.vimeo.com/video/968881052?h=2acf67443a',
      { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a' },
    ],
    ['https://vimeo.com/channels/staffpicks/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/groups/shortfilms/videos/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/showcase/2222222/video/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/event/4444444', 'vimeoPage'],
    ['https://vimeo.com/ondemand/somefilm/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/manage/videos/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    [
      'https://vimeo.com/manage/videos/968881052/2acf67443a',
      { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a' },
    ],
    ['https://vimeo.com/76979871/description', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/76979871?fl=pl&fe=sh', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/76979871#t=1m30s', { kind: 'vimeo', url: 'https://vimeo.com/76979871', start: 90 }],
    ['https://vimeo.com/video/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/staff/999', { kind: 'vimeo', url: 'https://vimeo.com/999' }],
  ],
  files: [
    ['https://cdn.example/Film.MP4', { kind: 'file', url: 'https://cdn.example/Film.MP4' }],
    [
      'https://cdn.example/film.mp4?X-Amz-Signature=abc&X-Amz-Expires=3600',
      { kind: 'file', url: 'https://cdn.example/film.mp4?X-Amz-Signature=abc&X-Amz-Expires=3600' },
    ],
    [
      'https://cdn.example/objects/8f14e45f?X-Amz-Signature=abc&response-content-type=video%2Fmp4',
      {
        kind: 'unknown',
        url: 'https://cdn.example/objects/8f14e45f?X-Amz-Signature=abc&response-content-type=video%2Fmp4',
      },
    ],
    [
      'https://cdn.example/download?file=film.mp4',
      { kind: 'unknown', url: 'https://cdn.example/download?file=film.mp4' },
    ],
    ['https://cdn.example/film.mp4/', { kind: 'unknown', url: 'https://cdn.example/film.mp4/' }],
    ['https://cdn.example/film.mp4#t=30', { kind: 'file', url: 'https://cdn.example/film.mp4', start: 30 }],
    ['https://cdn.example/My%20Film%20(2019).mp4', { kind: 'file', url: 'https://cdn.example/My%20Film%20(2019).mp4' }],
    ['https://cdn.example/My Film (2019).mp4', { kind: 'file', url: 'https://cdn.example/My%20Film%20(2019).mp4' }],
    ['https://cdn.example/фильм.mp4', { kind: 'file', url: 'https://cdn.example/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC.mp4' }],
    ['https://кино.example/film.mp4', { kind: 'file', url: 'https://xn--h1adke.example/film.mp4' }],
    ['https://cdn.example/film.mkv', { kind: 'unknown', url: 'https://cdn.example/film.mkv' }],
    ['https://cdn.example/film.m4a', { kind: 'file', url: 'https://cdn.example/film.m4a' }],
    ['https://cdn.example/song.mp3', { kind: 'file', url: 'https://cdn.example/song.mp3' }],
    ['https://cdn.example/film.avi', { kind: 'unknown', url: 'https://cdn.example/film.avi' }],
    ['https://cdn.example/film.ts', { kind: 'unknown', url: 'https://cdn.example/film.ts' }],
    ['https://cdn.example/film.3gp', { kind: 'unknown', url: 'https://cdn.example/film.3gp' }],
    ['https://cdn.example/song.opus', { kind: 'file', url: 'https://cdn.example/song.opus' }],
    ['https://cdn.example/song.oga', { kind: 'file', url: 'https://cdn.example/song.oga' }],
    ['https://cdn.example/song.wav', { kind: 'file', url: 'https://cdn.example/song.wav' }],
    ['https://cdn.example/song.flac', { kind: 'file', url: 'https://cdn.example/song.flac' }],
    ['http://cdn.example/film.mp4', 'notHttps'],
    ['http://192.168.1.20:8000/film.mp4', 'privateNetwork'],
    ['https://192.168.1.20/film.mp4', { kind: 'file', url: 'https://192.168.1.20/film.mp4' }],
    ['file:///home/ana/film.mp4', 'onThisDevice'],
    ['C:\\Users\\ana\\film.mp4', 'onThisDevice'],
    ['blob:https://cdn.example/1e3f-44', 'onThisDevice'],
    ['magnet:?xt=urn:btih:0123', 'torrent'],
    ['data:video/mp4;base64,AAAA', 'onThisDevice'],
    ['"https://cdn.example/film.mp4"', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['watch this: https://cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example:8443/film.mp4', { kind: 'file', url: 'https://cdn.example:8443/film.mp4' }],
    ['cdn.example:8443/film.mp4', { kind: 'file', url: 'https://cdn.example:8443/film.mp4' }],
    ['localhost:47311/film.mp4', { kind: 'file', url: 'http://localhost:47311/film.mp4' }],
  ],
  streams: [
    ['https://cdn.example/master.m3u8?token=abc', { kind: 'hls', url: 'https://cdn.example/master.m3u8?token=abc' }],
    ['https://cdn.example/MASTER.M3U8', { kind: 'hls', url: 'https://cdn.example/MASTER.M3U8' }],
    ['https://cdn.example/hls/master.m3u8/', { kind: 'unknown', url: 'https://cdn.example/hls/master.m3u8/' }],
    ['https://cdn.example/playlist.m3u', { kind: 'unknown', url: 'https://cdn.example/playlist.m3u' }],
    [
      'https://cdn.example/video.ism/manifest(format=m3u8-cmaf)',
      { kind: 'hls', url: 'https://cdn.example/video.ism/manifest(format=m3u8-cmaf)' },
    ],
    [
      'https://cdn.example/video.ism/manifest(format=mpd-time-csf)',
      { kind: 'dash', url: 'https://cdn.example/video.ism/manifest(format=mpd-time-csf)' },
    ],
    [
      'https://cdn.example/api/manifest/hls_playlist/index.m3u8',
      { kind: 'hls', url: 'https://cdn.example/api/manifest/hls_playlist/index.m3u8' },
    ],
    ['https://cdn.example/play?url=master.m3u8', { kind: 'unknown', url: 'https://cdn.example/play?url=master.m3u8' }],
    [
      'https://cdn.example/master.m3u8;jsessionid=1',
      { kind: 'hls', url: 'https://cdn.example/master.m3u8;jsessionid=1' },
    ],
    ['https://cdn.example/manifest.mpd?token=abc', { kind: 'dash', url: 'https://cdn.example/manifest.mpd?token=abc' }],
  ],
  'other sites': [
    ['https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view?usp=sharing', 'filePage'],
    [
      'https://drive.google.com/uc?export=download&id=1AbCdEfGhIjKlMnOp',
      { kind: 'unknown', url: 'https://drive.google.com/uc?export=download&id=1AbCdEfGhIjKlMnOp' },
    ],
    [
      'https://www.dropbox.com/s/abcdefg/film.mp4?dl=0',
      { kind: 'file', url: 'https://www.dropbox.com/s/abcdefg/film.mp4?raw=1' },
    ],
    [
      'https://www.dropbox.com/scl/fi/abcdefg/film.mp4?rlkey=xyz&st=1&dl=0',
      { kind: 'file', url: 'https://www.dropbox.com/scl/fi/abcdefg/film.mp4?rlkey=xyz&st=1&raw=1' },
    ],
    ['https://archive.org/details/some_item', 'filePage'],
    [
      'https://archive.org/download/some_item/film.mp4',
      { kind: 'file', url: 'https://archive.org/download/some_item/film.mp4' },
    ],
    ['https://archive.org/embed/some_item', 'filePage'],
    ['https://x.com/someone/status/1234567890', 'ownPlayer'],
    ['https://www.twitch.tv/somebody', 'ownPlayer'],
    ['https://www.twitch.tv/videos/1234567890', 'ownPlayer'],
    ['https://www.dailymotion.com/video/x8abcd', 'ownPlayer'],
    ['https://peertube.example/w/abcDEF123', { kind: 'unknown', url: 'https://peertube.example/w/abcDEF123' }],
    [
      'https://peertube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d',
      { kind: 'unknown', url: 'https://peertube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d' },
    ],
    [
      'https://plex.example:32400/library/parts/1/file.mkv?X-Plex-Token=abc',
      { kind: 'unknown', url: 'https://plex.example:32400/library/parts/1/file.mkv?X-Plex-Token=abc' },
    ],
    [
      'https://jellyfin.example/Videos/abc/stream?static=true&api_key=abc',
      { kind: 'unknown', url: 'https://jellyfin.example/Videos/abc/stream?static=true&api_key=abc' },
    ],
    [
      'https://github.com/owner/repo/blob/main/film.mp4',
      { kind: 'file', url: 'https://raw.githubusercontent.com/owner/repo/main/film.mp4' },
    ],
    [
      'https://raw.githubusercontent.com/owner/repo/main/film.mp4',
      { kind: 'file', url: 'https://raw.githubusercontent.com/owner/repo/main/film.mp4' },
    ],
    [
      'https://upload.wikimedia.org/wikipedia/commons/1/1c/Film.webm',
      { kind: 'file', url: 'https://upload.wikimedia.org/wikipedia/commons/1/1c/Film.webm' },
    ],
    [
      'https://commons.wikimedia.org/wiki/File:Film.webm',
      { kind: 'file', url: 'https://commons.wikimedia.org/wiki/Special:FilePath/Film.webm' },
    ],
    ['https://1drv.ms/v/s!AbCd', 'filePage'],
    ['https://streamable.com/abcde', 'ownPlayer'],
    ['https://v.redd.it/abcde/DASHPlaylist.mpd', { kind: 'dash', url: 'https://v.redd.it/abcde/DASHPlaylist.mpd' }],
    ['https://v.redd.it/abcde', 'ownPlayer'],
  ],
  'pasted from chats': [
    ['https://youtu.be/aqz-KE-bpKQ\u200b', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['Look: https://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
  ],
}

describe.each(Object.entries(links))('%s', (_, rows) => {
  it.each(rows)('%s', (link, found) => {
    expect(sourceOf(link)).toEqual(found)
    if (typeof found === 'string') return
    // What is taken here is taken by the server, and by those who come later and read it there.
    expect(Media.safeParse({ url: found.url }).success).toBe(true)
    expect(sourceAt(found.url)).toEqual({ kind: found.kind, url: found.url })
  })
})
