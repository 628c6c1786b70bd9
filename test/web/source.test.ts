import { describe, expect, it } from 'vitest'
import { sourceOf } from '../../web/players/source.ts'

describe('a link that is understood', () => {
  it.each([
    ['https://video.example/film.mp4', 'file', 'https://video.example/film.mp4'],
    ['  https://video.example/FILM.WEBM?x=1  ', 'file', 'https://video.example/FILM.WEBM?x=1'],
    ['video.example/film.ogg', 'file', 'https://video.example/film.ogg'],
    ['http://localhost:3000/sample.mp4', 'file', 'http://localhost:3000/sample.mp4'],
    ['https://video.example/live.m3u8?token=a', 'hls', 'https://video.example/live.m3u8?token=a'],
    ['https://video.example/film.mpd', 'dash', 'https://video.example/film.mpd'],
    ['https://youtu.be/aqz-KE-bpKQ?t=3', 'youtube', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'],
    ['https://m.youtube.com/watch?app=x&v=aqz-KE-bpKQ', 'youtube', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'],
    ['https://www.youtube.com/shorts/aqz-KE-bpKQ', 'youtube', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'],
    ['https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ', 'youtube', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'],
    ['https://vimeo.com/1084537', 'vimeo', 'https://vimeo.com/1084537'],
    ['https://vimeo.com/1084537/0a1b2c', 'vimeo', 'https://vimeo.com/1084537/0a1b2c'],
    ['https://player.vimeo.com/video/1084537?h=0a1b2c', 'vimeo', 'https://vimeo.com/1084537/0a1b2c'],
  ])('%s', (link, kind, url) => {
    expect(sourceOf(link)).toEqual({ kind, url })
  })
})

describe('a link that is refused', () => {
  it.each([
    ['', 'notALink'],
    ['film', 'notALink'],
    ['a link', 'notALink'],
    ['javascript:alert(1)', 'notALink'],
    ['file:///film.mp4', 'notALink'],
    ['http://video.example/film.mp4', 'notHttps'],
    ['https://ana:secret@video.example/film.mp4', 'hasPassword'],
    [`https://video.example/${'a'.repeat(2_048)}.mp4`, 'tooLong'],
    ['https://video.example/film.avi', 'notSupported'],
    ['https://video.example/', 'notSupported'],
    ['https://www.youtube.com/@somebody', 'notSupported'],
    ['https://vimeo.com/categories', 'notSupported'],
    // Looks like YouTube, is not.
    ['https://youtube.com.example/watch?v=aqz-KE-bpKQ', 'notSupported'],
  ])('%s: %s', (link, problem) => {
    expect(sourceOf(link)).toBe(problem)
  })
})
