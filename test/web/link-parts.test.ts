import { describe, expect, it } from 'vitest'
import { MediaTitle } from '../../protocol/text.ts'
import { isPrivate } from '../../web/players/reach.ts'
import { isEmbedded, isSource, sourceAt, sourceOf } from '../../web/players/source.ts'
import { startSeconds } from '../../web/players/start-time.ts'
import { titleOf } from '../../web/players/title-of.ts'

describe('where a link says that the video starts', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['1m30s', 90],
    ['1h2m3s', 3723],
    ['1H2M3S', 3723],
    ['2m', 120],
    ['1h', 3600],
    ['90.5', 90.5],
    ['1:30', 90],
    ['01:02:03', 3723],
    ['npt:30', 30],
    ['10,20', 10],
    ['npt:10,20', 10],
    ['604800', 604_800],
  ])('%s is %d seconds', (written, seconds) => {
    expect(startSeconds(written)).toBe(seconds)
  })

  it.each(['', '0', '0s', '-5', 'abc', '1m30x', ',20', 'NaN', '1e9', '604801', null, undefined])(
    '%j is none',
    (written) => {
      expect(startSeconds(written)).toBeUndefined()
    },
  )
})

describe('[R3] the title of a video', () => {
  it.each([
    ['https://cdn.example/My%20Film%20(2019).mp4', 'My Film (2019)'],
    ['https://cdn.example/a/b/film.webm?x=1', 'film'],
    ['https://cdn.example/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC.mp4', 'фильм'],
    ['https://cdn.example/Film.2019.1080p.mp4', 'Film.2019.1080p'],
    ['https://cdn.example/100%.mp4', '100%'],
    ['https://cdn.example/100%%20real%20%C3%BC%E4.mp4', '100% real ü%E4'],
    ['https://cdn.example/download?file=My%20Film.mp4', 'My Film'],
    ['https://cdn.example/download?file=/home/ana/film.mp4', 'film'],
    ['https://cdn.example/film.mp4;jsessionid=1', 'film'],
    ['https://cdn.example/stream', 'stream'],
    ['https://cdn.example/.mp4', '.mp4'],
    ['https://cdn.example/a%E2%80%AEb%00c%E2%80%8B.mp4', 'ab c'],
    ['https://cdn.example/', null],
    ['https://cdn.example/%E2%80%8B.mp4', null],
    ['https://cdn.example/%E2%80%8D%EF%B8%8F.mp4', null],
    [`https://cdn.example/Z${'%CC%81'.repeat(11)}.mp4`, null],
  ])('of %s is %j', (url, title) => {
    expect(titleOf({ kind: 'file', url })).toBe(title)
  })

  it('is cut to what the server takes, between characters', () => {
    const title = titleOf({ kind: 'file', url: `https://cdn.example/a${encodeURIComponent('😀'.repeat(150))}.mp4` })
    expect(title).toBe(`a${'😀'.repeat(99)}`)
    expect(MediaTitle.parse(title)).toBe(title)
  })

  it('is unknown of embeds', () => {
    expect(titleOf({ kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' })).toBeNull()
  })
})

describe('what is made of a link', () => {
  it('is a source only where a player is known', () => {
    expect(isSource(sourceOf('https://cdn.example/film.mp4'))).toBe(true)
    expect(isSource(sourceOf('https://cdn.example/download'))).toBe(false)
    expect(isSource(sourceOf('film'))).toBe(false)
  })

  it('is embedded where somebody else’s player shows it', () => {
    expect(isEmbedded('https://vimeo.com/76979871')).toBe(true)
    for (const url of [undefined, 'https://cdn.example/film.mp4', 'https://cdn.example/download', 'film'])
      expect(isEmbedded(url)).toBe(false)
  })

  it.each([
    'https://cdn.example/film?Signature=ab~',
    'https://cdn.example/film?Signature=ab*',
    'https://cdn.example/What now?!',
    'https://cdn.example/film.mp4?sig=a)',
    "https://cdn.example/'film'",
    'https://cdn.example/film.mp4?note=\uff01',
  ])('is not trimmed where it is no paste: %s', (address) => {
    expect(sourceAt(address)).toMatchObject({ url: new URL(address).href })
  })

  it.each(['https://cdn.example/film?Signature=ab~', 'https://cdn.example/film?Signature=ab*'])(
    'keeps signs that signatures end with: %s',
    (link) => {
      expect(sourceOf(link)).toEqual({ kind: 'unknown', url: link })
    },
  )

  it.each([
    '**https://cdn.example/film.mp4**',
    '**the film: https://cdn.example/film.mp4**',
    '~~https://cdn.example/film.mp4~~.',
    '_https://cdn.example/film.mp4_',
  ])('is found within emphasis: %s', (text) => {
    expect(sourceOf(text)).toEqual({ kind: 'file', url: 'https://cdn.example/film.mp4' })
  })

  it('is too long where the server would not take it', () => {
    expect(sourceOf(`https://cdn.example/${'a'.repeat(2_100)}.mp4`)).toBe('tooLong')
    expect(sourceOf(`${'look '.repeat(900)}https://cdn.example/film.mp4`)).toMatchObject({ kind: 'file' })
  })

  it.each(['(', ')', '[', 'a.', '://', '"', '<', '&amp;', 'https://', 'a b.mp4 ', '！', '/r/', '\u200b'])(
    'takes no long time of a text of nothing but %j',
    (piece) => {
      const before = performance.now()
      sourceOf(piece.repeat(20_000))
      sourceOf(`https://cdn.example/${piece.repeat(20_000)}`)
      expect(performance.now() - before).toBeLessThan(2_000)
    },
  )
})

describe('an address that only one network knows', () => {
  it.each([
    '10.0.0.5',
    '192.168.1.20',
    '172.16.0.1',
    '172.31.9.9',
    '169.254.1.1',
    '100.64.0.1',
    '127.0.0.2',
    '[fd00::1]',
    '[fe80::1]',
    'nas',
    'nas.local',
    'tv.lan',
    'a.home.arpa',
  ])('%s', (host) => {
    expect(isPrivate(new URL(`https://${host}/`))).toBe(true)
  })

  it.each(['cdn.example', '172.32.0.1', '11.0.0.1', '100.128.0.1', '10.example', 'local.example', '[2001:db8::1]'])(
    '%s is none',
    (host) => {
      expect(isPrivate(new URL(`https://${host}/`))).toBe(false)
    },
  )
})
