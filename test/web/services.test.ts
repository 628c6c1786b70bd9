import { describe, expect, it } from 'vitest'
import { Media } from '../../protocol/media.ts'
import { type LinkProblem, type Source, sourceAt, sourceOf, type Unjudged } from '../../web/players/source.ts'

// Every form of an address that the services hand out, and where the video starts.
type Row = readonly [link: string, found: Source | Unjudged | LinkProblem]

const links: Record<string, readonly Row[]> = {
  'where a video starts': [
    [
      'https://youtu.be/aqz-KE-bpKQ?t=90s',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ?t=1h2m3s',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 3723 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ?t=2m',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 120 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ#t=1m30s',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ#t=90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://www.youtube.com/watch?time_continue=17&v=aqz-KE-bpKQ&feature=emb_logo',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 17 },
    ],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ?t=90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ&t=30',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 30 },
    ],
    [
      'https://youtu.be/aqz-KE-bpKQ?si=AbCdEfGhIjKl?t=30',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 30 },
    ],
    [
      'https://www.youtube.com/watch?si=x?v=aqz-KE-bpKQ?start=30',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 30 },
    ],
    ['https://youtu.be/aqz-KE-bpKQ?t=0', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ?t=abc', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ?t=-5', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https://youtu.be/aqz-KE-bpKQ?t=99999999',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ&amp;t=90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    ['https://player.vimeo.com/video/76979871#t=90s', { kind: 'vimeo', url: 'https://vimeo.com/76979871', start: 90 }],
    ['https://cdn.example/film.mp4#t=npt:30', { kind: 'file', url: 'https://cdn.example/film.mp4', start: 30 }],
    ['https://cdn.example/film.mp4#t=10,20', { kind: 'file', url: 'https://cdn.example/film.mp4', start: 10 }],
    ['https://cdn.example/film.mp4#t=00:01:30', { kind: 'file', url: 'https://cdn.example/film.mp4', start: 90 }],
    ['https://cdn.example/live.m3u8#t=5.5', { kind: 'hls', url: 'https://cdn.example/live.m3u8', start: 5.5 }],
    ['https://cdn.example/film.mp4?t=1699999999', { kind: 'file', url: 'https://cdn.example/film.mp4?t=1699999999' }],
  ],
  YouTube: [
    ['https://youtu.be/watch?v=aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https://www.youtube.com/watch/aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://studio.youtube.com/video/aqz-KE-bpKQ/edit',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/tv#/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/watch#!v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://www.youtube.com/watch?list=PL0123456789abcdef', 'youtubePlaylist'],
    ['https://www.youtube.com/watch?v=short', 'youtubePage'],
    ['https://www.youtube.com/channel/UC0123456789/videos', 'youtubeChannel'],
    ['https://www.youtube.com/c/Some', 'youtubeChannel'],
    ['https://www.youtube.com/user/some', 'youtubeChannel'],
    ['https://www.youtube.com/results?search_query=x', 'youtubePage'],
    ['https://www.youtube.com/', 'youtubePage'],
    ['https://www.youtube.com/feed/trending', 'youtubePage'],
    ['https://youtube.com/@Some?si=abc', 'youtubeChannel'],
    [
      'https://youtube.com.example/watch?v=aqz-KE-bpKQ',
      { kind: 'unknown', url: 'https://youtube.com.example/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://m.youtube.com/shorts/aqz-KE-bpKQ?feature=share',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/live/aqz-KE-bpKQ?t=60',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 60 },
    ],
    [
      'http://www.youtube.com:80/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
  ],
  Vimeo: [
    ['https://vimeo.com/showcase/2222222', 'vimeoPage'],
    ['https://vimeo.com/event/4444444/embed', 'vimeoPage'],
    ['https://vimeo.com/ondemand/somefilm', 'vimeoPage'],
    ['https://vimeo.com/user1234/review/76979871/abcdef0123', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/album/1234/video/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/staffpicks', 'vimeoPage'],
    ['https://vimeo.com/', 'vimeoPage'],
    [
      'https://player.vimeo.com/external/123.hd.mp4?s=abc',
      { kind: 'file', url: 'https://player.vimeo.com/external/123.hd.mp4?s=abc' },
    ],
    ['https://vimeo.com/channels/12345', 'vimeoPage'],
    ['https://vimeo.com/blog/post/12345', 'vimeoPage'],
    ['https://vimeo.com/live/444', 'vimeoPage'],
    ['https://vimeo.com/tv/123', 'vimeoPage'],
    ['https://vimeo.com/@somebody/123', 'vimeoPage'],
    [
      'https://vimeo.com/968881052/2acf67443a?share=copy#t=12',
      { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a', start: 12 },
    ],
    ['https://vimeo.com/968881052?h=2acf67443a', { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a' }],
    ['m.vimeo.com/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/groups/12345/videos/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeopro.com/user/portfolio/video/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/76979871/likes', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    ['https://vimeo.com/showcase/my-name/video/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
  ],
  'other services': [
    ['https://www.netflix.com/watch/80057281?trackId=1', 'closedService'],
    ['https://open.spotify.com/track/abc', 'closedService'],
    ['https://www.amazon.com/gp/video/detail/B0', 'closedService'],
    ['https://www.amazon.com.au/gp/video/detail/B0', 'closedService'],
    ['https://www.amazon.de/-/en/gp/video/detail/B0', 'closedService'],
    ['https://watch.amazon.com/detail?gti=amzn1.dv.gti.1', 'closedService'],
    ['https://www.amazon.de/dp/B01', { kind: 'unknown', url: 'https://www.amazon.de/dp/B01' }],
    ['https://www.bbc.co.uk/iplayer/episode/m001', 'closedService'],
    ['https://www.bbc.co.uk/news/av/1', { kind: 'unknown', url: 'https://www.bbc.co.uk/news/av/1' }],
    ['https://www.sky.de/film', 'closedService'],
    ['https://tubitv.com/movies/1', 'closedService'],
    ['https://pluto.tv/en/on-demand/movies/1', 'closedService'],
    ['https://www.rakuten.tv/uk/movies/film', 'closedService'],
    ['https://www.shudder.com/movies/1', 'closedService'],
    ['https://www.criterionchannel.com/film', 'closedService'],
    ['https://nebula.tv/videos/film', 'closedService'],
    ['https://play.google.com/store/movies/details?id=x', 'closedService'],
    ['https://www.ardmediathek.de/video/x', 'ownPlayer'],
    ['https://www.zdf.de/play/filme/x', 'ownPlayer'],
    ['https://www.arte.tv/de/videos/1/x', 'ownPlayer'],
    ['https://www.ted.com/talks/x', 'ownPlayer'],
    ['https://ok.ru/video/1', 'ownPlayer'],
    ['https://t.me/channel/1', 'ownPlayer'],
    ['https://bsky.app/profile/x/post/1', 'ownPlayer'],
    ['https://zoom.us/rec/share/x', 'ownPlayer'],
    ['https://play.max.com/video/watch/x', 'closedService'],
    ['https://www.crunchyroll.com/watch/x', 'closedService'],
    ['http://www.netflix.com/watch/1', 'closedService'],
    ['netflix.com/title/1', 'closedService'],
    ['https://www.dropbox.com/sh/abc/def?dl=0', 'filePage'],
    ['https://www.dropbox.com/scl/fo/abc/h?rlkey=x', 'filePage'],
    [
      'https://dl.dropboxusercontent.com/s/abc/film.mp4',
      { kind: 'file', url: 'https://dl.dropboxusercontent.com/s/abc/film.mp4' },
    ],
    [
      'https://archive.org/details/some_item/film.mp4',
      { kind: 'file', url: 'https://archive.org/download/some_item/film.mp4' },
    ],
    [
      'https://de.wikipedia.org/wiki/Datei:Film.webm',
      { kind: 'file', url: 'https://de.wikipedia.org/wiki/Special:FilePath/Film.webm' },
    ],
    ['https://en.wikipedia.org/wiki/Film', 'filePage'],
    ['https://s3.amazonaws.com/b/film.mp4', { kind: 'file', url: 'https://s3.amazonaws.com/b/film.mp4' }],
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
