/** A message in pieces: what is read, a link to follow, a moment of the video in seconds. */
export type MessagePart = { text: string } | { text: string; href: string } | { text: string; seconds: number }

const LINK_OR_TIME = /https?:\/\/[^\s<>"]+|(?<![\d:.,/])(?:\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d(?![\d:])/gi

const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const

/** What a sentence puts behind a link, and a bracket that the link has not opened. */
const withoutEnd = (link: string): string => {
  const cut = link.replace(/[.,;:!?'’”»*_]+$/, '')
  for (const [open, close] of brackets) {
    const isExtra = cut.endsWith(close) && cut.split(close).length > cut.split(open).length
    if (isExtra) return withoutEnd(cut.slice(0, -1))
  }
  return cut
}

const secondsIn = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

/**
 * The links and the moments in what somebody said. Only http and https are links, and only moments that the video has
 * are any: "at 20:15" may be the time of day. The texts of all parts together are the message.
 * @example messageParts('See 1:23', 600) // [{ text: 'See ' }, { text: '1:23', seconds: 83 }]
 */
export const messageParts = (message: string, duration: number | null): readonly MessagePart[] => {
  const parts: MessagePart[] = []
  let end = 0
  const add = (part: MessagePart, at: number) => {
    if (at > end) parts.push({ text: message.slice(end, at) })
    parts.push(part)
    end = at + part.text.length
  }
  for (const { 0: found, index } of message.matchAll(LINK_OR_TIME)) {
    if (index < end) continue
    if (!/^http/i.test(found)) {
      const seconds = secondsIn(found)
      if (duration !== null && seconds <= duration) add({ text: found, seconds }, index)
      continue
    }
    const text = withoutEnd(found)
    if (URL.canParse(text)) add({ text, href: new URL(text).href }, index)
  }
  if (end < message.length) parts.push({ text: message.slice(end) })
  return parts
}
