import { isMediaFile, mediaEnding } from './file-kinds.ts'

/** "https://", also with a slash too few, and other schemes. Some have no slashes. */
const EXPLICIT =
  /https?:(?=[/\\\p{L}\p{N}])|https?(?=\/\/)|[a-z][a-z0-9+.-]{0,30}:\/\/|data:[a-z]+\/|magnet:\?|(?:blob|intent|javascript|mailto):|vnd\.youtube:/iu
/** What stands before the address in an embed code. Other addresses may stand before that. */
const EMBED = /<(?:iframe|video|audio|source|embed)\b[^>]*?\ssrc\s*=\s*/i
/** "//youtu.be/…", as pages write it. */
const RELATIVE = /(?:^|[^:/\w])\/\/(?=[\p{L}\p{N}-]+\.)/u
/** "youtu.be/…": a host with a path, a port or a query, or the host alone where nothing else was pasted. */
const BARE =
  /(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(?:\p{L}{2,24}|xn--[a-z0-9-]{1,59}))(?=:\d{2,5}(?:[/?#]|$)|[/?#]|$)/giu

const PAIRS: Record<string, string> = {
  "'": "'",
  '‘': '’',
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '‹': '›',
  '<': '>',
  '`': '`',
  '「': '」',
  '『': '』',
  '【': '】',
  '《': '》',
  '〈': '〉',
  '〔': '〕',
}
/** No address holds these, nor the end of a tag in square brackets. */
const END = /[\t\r\n<>"“”„«»‹›「」『』【】《》〈〉〔〕`]|\[\/[a-z]+\](?![\w./-])/i
/** An address to which another one is glued: pasted twice, or from two lines. Behind a sign, also "%3D", it is a part. */
const GLUED_ADDRESS = /^([^.]*\..*?[^%].[\p{L}\p{N}-])https?:\/\/.*$/isu
const TRAILING = /[.,;:!?'’‘…–—|\\。、，！？；：،؛؟۔।]$/
const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{', '）': '（', '］': '［' }

/** Also a bracket that the next word closes: "film.mp4(90 min)". */
const GLUED_TEXT = new RegExp(`(${mediaEnding})(?:[^ -~].*|[*_~]+|[([][^)\\]/]*)$`, 'isu')
const NAME_WITH_BLANKS = new RegExp(`^.*?${mediaEnding}(?=[\\s?&#,;!)\\]'’*]|\\.?$)[^\\s]*`, 'is')

/** Invisible characters and blanks that a browser has already written in its own way. */
const ENCODED_BLANKS = /(?:%e2%80%8[b-f]|%e2%81%a0|%ef%bb%bf|%c2%a0|%c2%ad|%20)+$/i

/** Without the full stop of a sentence, the bracket of markdown, the quote: what belongs to the text around it. */
const trimmed = (address: string): string => {
  const counts = new Map<string, number>()
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1)
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1)
    const count = counts.get(last) ?? 0
    const opening = OPENING[last]
    const isLoose = opening !== undefined && count > (counts.get(opening) ?? 0)
    if (!TRAILING.test(last) && !isLoose) break
    counts.set(last, count - 1)
  }
  return address.slice(0, end)
}

/** Up to a bracket that closes what opened before the address: "[url=https://…]", "[x](https://…) and". */
const withinBrackets = (text: string): string => {
  const open = { ')': 0, ']': 0 }
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '(') open[')'] += 1
    if (character === '[') open[']'] += 1
    if (character !== ')' && character !== ']') continue
    open[character] -= 1
    // A loose round bracket within a name is kept.
    const isEnd = character === ']' || /^[\s\])[(,;!?'"]?$/.test(text.charAt(index + 1))
    if (open[character] < 0 && isEnd) return text.slice(0, index)
  }
  return text
}

/** Where a quotation ends. An apostrophe within a word ends none. */
const closingAt = (text: string, closing: string): number =>
  /['’]/.test(closing) ? text.search(new RegExp(`${closing}(?![\\p{L}\\p{N}])`, 'u')) : text.indexOf(closing)

/** The address that begins here. Blanks are part of it within quotes, and in the name of a media file. */
const readFrom = (text: string, index: number): string => {
  const closing = PAIRS[text[index - 1] ?? '']
  const rest = text.slice(index)
  const end = closing === undefined ? -1 : closingAt(rest, closing)
  // Chats write "<address|label>".
  if (end !== -1)
    return rest
      .slice(0, end)
      .replace(closing === '>' ? /\|.*$/s : /[\r\n]/g, '')
      .trim()
  const [line = ''] = rest.split(END)
  const inside = withinBrackets(line.replace(GLUED_ADDRESS, '$1'))
  const [word = ''] = inside.split(' ')
  const [named = ''] = NAME_WITH_BLANKS.exec(inside) ?? []
  const isName = named.length > word.length && !/:\/\//.test(named.slice(8)) && !isMediaFile(trimmed(word))
  const address = trimmed((isName ? named : word).replace(GLUED_TEXT, '$1').replace(ENCODED_BLANKS, ''))
  // "**https://…**": as many stars at the end as before the beginning. Alone they may be part of the address.
  const [emphasis = ''] = /([*_~])\1*$/.exec(text.slice(Math.max(0, index - 3), index)) ?? []
  return emphasis !== '' && address.endsWith(emphasis) ? trimmed(address.slice(0, -emphasis.length)) : address
}

/** Schemes that lost or changed a letter on the way here. */
const repaired = (address: string): string =>
  address
    .replace(/^(?:https?:\/*)+(?=https?(?::|\/\/))/i, '')
    .replace(/^[a-z][a-z0-9+.-]*(?=https?:)/i, (before) => (/^(?:blob|filesystem)$/i.test(before) ? before : ''))
    .replace(/^(https?)(?=\/\/)/i, '$1:')
    .replace(/^(?:h[tx]{1,3}ps|t{1,2}ps):\/\//i, 'https://')
    .replace(/^(?:h[tx]{1,3}p|t{1,2}p):\/\//i, 'http://')

/**
 * The first address in a text, as it stands there; undefined where there is none. What begins without a scheme is given
 * one.
 * @example addressIn('Look: youtu.be/aqz-KE-bpKQ!') === 'https://youtu.be/aqz-KE-bpKQ'
 */
export const addressIn = (text: string): string | undefined => {
  const embed = EMBED.exec(text)
  if (embed !== null) return addressIn(text.slice(embed.index + embed[0].length))
  const explicit = EXPLICIT.exec(text)
  const relative = RELATIVE.exec(text)
  const isOneWord = !/\s/.test(text)
  const bare = [...text.matchAll(BARE)].find((found) => {
    const after = text[found.index + found[0].length]
    // The second half of an e-mail address or of a path is no host.
    if (/[@\p{L}\p{N}./_-]/u.test(text[found.index - 1] ?? '')) return false
    // Nor is a file's name.
    return after === undefined ? isOneWord && !isMediaFile(found[0]) : true
  })
  const places = [
    { index: explicit?.index, prefix: '' },
    { index: relative === null ? undefined : relative.index + relative[0].length - 2, prefix: 'https:' },
    { index: bare?.index, prefix: /^(?:localhost|[\d.]+)$/i.test(bare?.[0] ?? '') ? 'http://' : 'https://' },
  ].filter((place): place is { index: number; prefix: string } => place.index !== undefined)
  const [first] = places.sort((a, b) => a.index - b.index)
  return first === undefined ? undefined : repaired(`${first.prefix}${readFrom(text, first.index)}`)
}

/** Whether a text without an address is the name or the path of a file on this device. */
export const isLocalPath = (text: string): boolean =>
  /^["'“]?(?:[a-z]:[\\/]|\\\\|~?\/(?!\/))/i.test(text) || isMediaFile(trimmed(text))
