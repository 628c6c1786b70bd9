import { describe, expect, it } from 'vitest'
import { Media } from '../../protocol/media.ts'
import { type LinkProblem, type Source, sourceAt, sourceOf, type Unjudged } from '../../web/players/source.ts'

// The text around a link, the pages that only send people on, and what a link cannot be.
type Row = readonly [link: string, found: Source | Unjudged | LinkProblem]

const links: Record<string, readonly Row[]> = {
  'the text around a link': [
    ['[Film](https://youtu.be/aqz-KE-bpKQ)', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['[Film](https://youtu.be/aqz-KE-bpKQ).', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      '[Film](https://cdn.example/My%20Film%20(2019).mp4)',
      { kind: 'file', url: 'https://cdn.example/My%20Film%20(2019).mp4' },
    ],
    ['![x](<https://cdn.example/My Film.mp4> "title")', { kind: 'file', url: 'https://cdn.example/My%20Film.mp4' }],
    [
      '[https://youtu.be/aqz-KE-bpKQ](https://youtu.be/aqz-KE-bpKQ)',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['[x](https://cdn.example/film.mp4 "The film")', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      '<https://youtu.be/aqz-KE-bpKQ|the film>',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['<https://youtu.be/aqz-KE-bpKQ>', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['(https://youtu.be/aqz-KE-bpKQ)', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['(see https://cdn.example/film.mp4),', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://youtu.be/aqz-KE-bpKQ.', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ,', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ!', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://cdn.example/film.mp4!', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/film.mp4?', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/film.mp4…', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['“https://cdn.example/film.mp4”', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['‘https://cdn.example/film.mp4’', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ["'https://cdn.example/film.mp4'", { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['«https://cdn.example/film.mp4»', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['„https://cdn.example/film.mp4“', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['「https://cdn.example/film.mp4」', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['**https://youtu.be/aqz-KE-bpKQ**', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['`https://cdn.example/film.mp4`', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      '[url=https://youtu.be/aqz-KE-bpKQ]Film[/url]',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      '[url]https://youtu.be/aqz-KE-bpKQ[/url]',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['[youtube]aqz-KE-bpKQ[/youtube]', 'notALink'],
    [
      '<a href="https://youtu.be/aqz-KE-bpKQ">x</a>',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ["<a href='https://cdn.example/film.mp4'>x</a>", { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      '<video src=https://cdn.example/film.mp4 controls></video>',
      { kind: 'file', url: 'https://cdn.example/film.mp4' },
    ],
    [
      '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://player.vimeo.com/video/968881052?h=2acf67443a&amp;badge=0&amp;autopause=0" frameborder="0"></iframe></div><script src="https://player.vimeo.com/api/player.js"></script>',
      { kind: 'vimeo', url: 'https://vimeo.com/968881052/2acf67443a' },
    ],
    [
      '<iframe src="//www.youtube.com/embed/aqz-KE-bpKQ?rel=0&amp;start=30"></iframe>',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 30 },
    ],
    [
      '<iframe width="560" height="315" src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?si=abc&amp;start=75" title="YouTube video player" frameborder="0"></iframe>',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 75 },
    ],
    ['//youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['//cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      'ｈｔｔｐｓ：／／ｙｏｕｔｕ．ｂｅ／ａｑｚ－ＫＥ－ｂｐＫＱ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https：//youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https://youtu.be/aqz-KE-bpKQ？t=90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    ['https://youtu.be/aqz-KE-bpKQ。', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ）', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https：／／cdn.example／film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      'https://cdn.example/フィルム（１）.mp4',
      { kind: 'file', url: 'https://cdn.example/%E3%83%95%E3%82%A3%E3%83%AB%E3%83%A0%EF%BC%88%EF%BC%91%EF%BC%89.mp4' },
    ],
    ['https://cdn.example/film.mp4を見て', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://youtu.be/aqz-KE-bpKQ見て', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://cdn.example/film.mp4。', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://youtu.be/aqz-KE-bpKQ👍', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['HTTPS://YOUTU.BE/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['WWW.YOUTUBE.COM/watch?v=aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https:/youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https//youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https:youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['ttps://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://cdn.example/film.mp4(90 min)', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/film.mp4[1080p, 2 GB] tonight', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/film(1).mp4(90 min)', { kind: 'file', url: 'https://cdn.example/film(1).mp4' }],
    ['hxxps://youtu[.]be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'www(.)youtube(.)com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://cdn[dot]example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['hxxps://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://https://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'https:\\/\\/www.youtube.com\\/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/watch\\?v\\=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://you\u200btu.be/aqz-KE\u2060-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'Title of film https://youtu.be/aqz-KE-bpKQ?si=x via @YouTube',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'Film (2019) - YouTube https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=1h2m3s',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 3723 },
    ],
    ['Mr.Robot is here: https://cdn.example/film.mp4 great', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['view-source:https://cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/Ana’s film.mp4', { kind: 'file', url: 'https://cdn.example/Ana%E2%80%99s%20film.mp4' }],
    ['https://cdn.example/My Film.mp4?token=a', { kind: 'file', url: 'https://cdn.example/My%20Film.mp4?token=a' }],
    ['"https://cdn.example/My Film"', { kind: 'unknown', url: 'https://cdn.example/My%20Film' }],
    [
      'https://youtu.be/aqz-KE-bpKQ and then film.mp4',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://cdn.example/a b/c d.m3u8?x=1', { kind: 'hls', url: 'https://cdn.example/a%20b/c%20d.m3u8?x=1' }],
    ['look https://cdn.example/My Film.mp4 it is great', { kind: 'file', url: 'https://cdn.example/My%20Film.mp4' }],
    [
      'https://cdn.example/film.mp4, https://cdn.example/other.mp4',
      { kind: 'file', url: 'https://cdn.example/film.mp4' },
    ],
    ['https://cdn.example/film.mp4;', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
  ],
  'where an address ends': [
    ['https://cdn.example/film.mp4https://cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['||https://cdn.example/film.mp4||', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['|https://cdn.example/film.mp4|', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['[url]https://cdn.example/film.mp4[/url]', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['[video]https://cdn.example/film.mp4[/video]', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['{\\"url\\":\\"https://cdn.example/film.mp4\\"}', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https:\\\\cdn.example\\film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https%3A//cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://https//cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['《https://cdn.example/film》', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['〈https://cdn.example/film〉', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['〔https://cdn.example/film〕', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['https://cdn.example/film،', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['https://cdn.example/film؟', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['https://cdn.example/film।', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['https://cdn.example/film–', { kind: 'unknown', url: 'https://cdn.example/film' }],
    ['||https://cdn.example/film||', { kind: 'unknown', url: 'https://cdn.example/film' }],
    [
      'https://youtu.be/aqz-KE-bpKQhttps://youtu.be/aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ["'https://cdn.example/Don't look up.mp4'", { kind: 'file', url: "https://cdn.example/Don't%20look%20up.mp4" }],
    ['‘https://cdn.example/Ana’s film.mp4’', { kind: 'file', url: 'https://cdn.example/Ana%E2%80%99s%20film.mp4' }],
    [
      'https://cdn.example/film?x=https://other.example/a',
      { kind: 'unknown', url: 'https://cdn.example/film?x=https://other.example/a' },
    ],
    [
      'https://cdn.example/get/https://other.example/a.mp4',
      { kind: 'file', url: 'https://cdn.example/get/https://other.example/a.mp4' },
    ],
    [
      'https://www.google.com/url?continue=https://cdn.example/url?q%3Dhttps://youtu.be/aqz-KE-bpKQ',
      {
        kind: 'unknown',
        url: 'https://www.google.com/url?continue=https://cdn.example/url?q%3Dhttps://youtu.be/aqz-KE-bpKQ',
      },
    ],
    ['https://cdn.example/film[/a].mp4', { kind: 'file', url: 'https://cdn.example/film[/a].mp4' }],
  ],
  'pages that send people on': [
    [
      'https://www.youtube.com/redirect?event=video_description&q=https%3A%2F%2Fcdn.example%2Ffilm.mp4',
      { kind: 'file', url: 'https://cdn.example/film.mp4' },
    ],
    [
      'https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ&usg=x',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.google.com/url?q=https://vimeo.com/76979871&sa=D',
      { kind: 'vimeo', url: 'https://vimeo.com/76979871' },
    ],
    ['https://google.de/url?q=https://vimeo.com/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    [
      'https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3Daqz-KE-bpKQ%26feature%3Dshare',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ&h=x',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'intent://www.youtube.com/watch?v=aqz-KE-bpKQ#Intent;scheme=https;package=com.google.android.youtube;S.browser_fallback_url=https%3A%2F%2Fx.example;end',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'intent:#Intent;S.browser_fallback_url=https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ;end',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['vnd.youtube:aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'vnd.youtube://www.youtube.com/watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['youtube://aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['vimeo://app.vimeo.com/videos/76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    [
      'https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ%26cbrd%3D1&gl=DE',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ&data=x',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.youtube.com/oembed?url=https%3A//www.youtube.com/watch%3Fv%3Daqz-KE-bpKQ&format=json',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://www.google.com/url?sa=t&rct=j&q=&esrc=s&url=https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ&usg=x',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ...[
      'https://l.messenger.com/l.php?u=',
      'https://l.threads.com/?u=',
      'https://www.tiktok.com/link/v2?aid=1&target=',
      'https://deref-gmx.net/mail/client/x/dereferrer/?redirectUrl=',
      'https://deref-web.de/mail/client/x/dereferrer/?redirectUrl=',
      'https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=',
    ].map(
      (page): Row => [
        `${page}https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ`,
        { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
      ],
    ),
    ['https://www.google.com/url?q=javascript:alert(1)', 'notALink'],
  ],
  'what plays nowhere else': [
    ['film.mp4', 'onThisDevice'],
    ['My Film.mp4', 'onThisDevice'],
    ['film.mkv', 'onThisDevice'],
    ['/home/ana/film.mp4', 'onThisDevice'],
    ['~/film.mp4', 'onThisDevice'],
    ['\\\\server\\share\\film.mp4', 'onThisDevice'],
    ['C:/Users/ana/film.mp4', 'onThisDevice'],
    ['ana@example.com', 'notALink'],
    ['javascript:alert(1)', 'notALink'],
    ['ftp://cdn.example/film.mp4', 'notHttps'],
    ['rtsp://cdn.example/live', 'notHttps'],
    ['mms://cdn.example/live', 'notHttps'],
    ['https://[2001:db8::1]/film.mp4', { kind: 'file', url: 'https://[2001:db8::1]/film.mp4' }],
    ['rtmp://cdn.example/live', 'notHttps'],
    ['https://cdn.example/film.torrent', 'torrent'],
    ['http://nas/film.mp4', 'privateNetwork'],
    ['https://nas.local/film.mp4', { kind: 'file', url: 'https://nas.local/film.mp4' }],
    ['http://10.0.0.5/film.mp4', 'privateNetwork'],
    ['http://[fd00::1]/film.mp4', 'privateNetwork'],
    ['http://127.0.0.1:8000/film.mp4', { kind: 'file', url: 'http://127.0.0.1:8000/film.mp4' }],
    ['127.0.0.1:8000/film.mp4', { kind: 'file', url: 'http://127.0.0.1:8000/film.mp4' }],
    ['http://172.20.1.1/a.mp4', 'privateNetwork'],
    ['hello', 'notALink'],
    ['a link', 'notALink'],
    ['https://', 'notALink'],
    ['https://cdn.example', { kind: 'unknown', url: 'https://cdn.example/' }],
    ['cdn.example', { kind: 'unknown', url: 'https://cdn.example/' }],
    ['https://ana:secret@cdn.example/film.mp4', 'hasPassword'],
    ['magnet:?xt=urn:btih:0123&tr=https://tracker.example/announce', 'torrent'],
    ['content://media/external/video/1', 'onThisDevice'],
  ],
  'the text around a link, again': [
    [
      'https://cdn.example/film.mp4 https://youtu.be/aqz-KE-bpKQ',
      { kind: 'file', url: 'https://cdn.example/film.mp4' },
    ],
    ['https://you\u200ftu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['\ufeffhttps://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https://youtu.be/aqz-KE-bpKQ  ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['look: https://cdn.example/film.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      'https://www.youtube.com/watch%3Fv%3Daqz-KE-bpKQ%26t%3D90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    [
      'https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ%3Ft%3D90',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 },
    ],
    ['look https%3A%2F%2Fcdn.example%2Ffilm.mp4', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://vimeo.com/showcase/11708791?video=76979871', { kind: 'vimeo', url: 'https://vimeo.com/76979871' }],
    [
      'https://www.youtube.com./watch?v=aqz-KE-bpKQ',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ["'https://cdn.example/My Film.mp4'", { kind: 'file', url: 'https://cdn.example/My%20Film.mp4' }],
    [
      "<a href='https://site.example/'><img src='https://site.example/a.jpg'></a><iframe class=\"x\" src='https://www.youtube.com/embed/aqz-KE-bpKQ?start=5'></iframe>",
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 5 },
    ],
    [
      '<video poster="https://cdn.example/p.jpg" controls><source src="https://cdn.example/film.webm" type="video/webm"></video>',
      { kind: 'file', url: 'https://cdn.example/film.webm' },
    ],
    [
      '<video poster="https://cdn.example/p.jpg" src=//cdn.example/film.webm></video>',
      { kind: 'file', url: 'https://cdn.example/film.webm' },
    ],
    ['[[https://youtu.be/aqz-KE-bpKQ][Film]]', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['> https://youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['(youtu.be/aqz-KE-bpKQ)', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['link:youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    ['https//youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
    [
      'intent:#Intent;S.browser_fallback_url=https%3A%2F%2Fyoutu.be%2Faqz-KE-bpKQ;end',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    ['https://www.amazon.com.au/gp/video/detail/B0', 'closedService'],
    ['https://cdn.example/100%.mp4', { kind: 'file', url: 'https://cdn.example/100%.mp4' }],
    ['https://cdn.example/a%2Fb%3Fc.mp4', { kind: 'file', url: 'https://cdn.example/a%2Fb%3Fc.mp4' }],
    ['https://cdn.example/film.mp4—great', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    [
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ Next line',
      { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' },
    ],
    [
      'https://cdn.example/play?url=https%3A%2F%2Fother.example%2Fmaster.m3u8',
      { kind: 'unknown', url: 'https://cdn.example/play?url=https%3A%2F%2Fother.example%2Fmaster.m3u8' },
    ],
    ['https://cdn.example/film.mp4?sig=a%2Fb%3D', { kind: 'file', url: 'https://cdn.example/film.mp4?sig=a%2Fb%3D' }],
    ['https://cdn.example/film (1).mp4).', { kind: 'file', url: 'https://cdn.example/film%20(1).mp4' }],
    [
      'Watch: https://cdn.example/a.mp4 and https://cdn.example/b.mp4',
      { kind: 'file', url: 'https://cdn.example/a.mp4' },
    ],
    [
      'https://cdn.example/watch now and then film.mp4',
      { kind: 'file', url: 'https://cdn.example/watch%20now%20and%20then%20film.mp4' },
    ],
    [
      'https://cdn.example/file.php?name=My Film.mp4&x=1',
      { kind: 'unknown', url: 'https://cdn.example/file.php?name=My%20Film.mp4&x=1' },
    ],
    ['https://cdn.example/film.mp4%E2%80%8B', { kind: 'file', url: 'https://cdn.example/film.mp4' }],
    ['https://cdn.example/a|b.mp4', { kind: 'file', url: 'https://cdn.example/a|b.mp4' }],
    ['YouTube: youtu.be/aqz-KE-bpKQ', { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }],
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
