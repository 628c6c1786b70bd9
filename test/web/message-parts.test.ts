import { expect, it } from 'vitest'
import { messageParts } from '../../web/room/chat/message-parts.ts'

const links = (message: string) =>
  messageParts(message, null).flatMap((part) => ('href' in part ? [`${part.text} > ${part.href}`] : []))
const moments = (message: string, duration: number | null = 7_200) =>
  messageParts(message, duration).flatMap((part) => ('seconds' in part ? [part.seconds] : []))

it('finds links, without what the sentence puts behind them', () => {
  expect(links('See https://example.com/a.')).toEqual(['https://example.com/a > https://example.com/a'])
  expect(links('(https://example.com/wiki/Film_(2020))')).toEqual([
    'https://example.com/wiki/Film_(2020) > https://example.com/wiki/Film_(2020)',
  ])
  expect(links('HTTP://EXAMPLE.COM, and http://b.example/?q=1:23!')).toEqual([
    'HTTP://EXAMPLE.COM > http://example.com/',
    'http://b.example/?q=1:23 > http://b.example/?q=1:23',
  ])
})

it('nothing else is a link', () => {
  for (const message of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    'example.com',
    'https://',
    'http://[x',
  ])
    expect(links(message), message).toEqual([])
})

it('finds moments that the video has', () => {
  expect(moments('1:23, 01:02:03 and 0:05')).toEqual([83, 3723, 5])
  expect(moments('We start at 20:15', 600)).toEqual([])
  expect(moments('1:23', null)).toEqual([])
  expect(moments('1:2 1:234 12:60 a 1:23:4 10:1:1 2026-11-25T10:00:00 1.5:30')).toEqual([])
})

it('the parts together are the message', () => {
  for (const message of [
    '',
    '1:23',
    'a 1:23 b https://example.com/x). c',
    'https://a.example https://b.example\n2:00 <b>x</b>',
  ])
    expect(
      messageParts(message, 600)
        .map(({ text }) => text)
        .join(''),
    ).toBe(message)
})
