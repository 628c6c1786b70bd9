import { isIP, isIPv4, isIPv6 } from 'node:net'

const GROUPS = 8
const WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d+$/
const IN_BRACKETS = /^\[([^\]]+)\](?::\d+)?$/
/** The last 32 bits of an IPv6 address may be written as an IPv4 address. */
const DOTTED_END = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/

const hexadecimal = (high: string, low: string): string => (Number(high) * 256 + Number(low)).toString(16)

/** The eight groups of an IPv6 address, each of 16 bits. */
const groupsOf = (address: string): number[] => {
  const plain = address.replace(DOTTED_END, (_, a, b, c, d) => `${hexadecimal(a, b)}:${hexadecimal(c, d)}`)
  const [before = [], after = []] = plain
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))))
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after]
}

const MAPPED = [0, 0, 0, 0, 0, 0xffff]

/** The IPv4 address that an IPv6 address stands for, as `::ffff:203.0.113.7` does. */
const mappedIn = (groups: readonly number[]): string | undefined => {
  if (!MAPPED.every((group, index) => groups[index] === group)) return undefined
  return groups
    .slice(MAPPED.length)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.')
}

/**
 * An internet address without port, brackets and zone. An IPv4 address that is written as IPv6 is given in its own
 * form. Undefined where the text is no address.
 * @example addressIn('[::ffff:203.0.113.7]:443') === '203.0.113.7'
 */
export const addressIn = (text: string): string | undefined => {
  const [bare = ''] = (WITH_PORT.exec(text)?.[1] ?? IN_BRACKETS.exec(text)?.[1] ?? text).split('%')
  if (isIP(bare) === 0) return undefined
  return isIPv6(bare) ? (mappedIn(groupsOf(bare)) ?? bare.toLowerCase()) : bare
}

const beginning = (address: string, groups: number): string =>
  groupsOf(address)
    .slice(0, groups)
    .map((group) => group.toString(16))
    .join(':')

/**
 * The network of an address, which counts as one: an IPv4 address, or the first 64 bits of an IPv6 address, within
 * which one household or one machine may draw a new address at any time.
 * @example networkOf('2001:db8:1:2::7') === '2001:db8:1:2::/64'
 */
export const networkOf = (address: string): string => (isIPv4(address) ? address : `${beginning(address, 4)}::/64`)

/**
 * An address as it may be kept for longer: it says whereabouts, and not who.
 * @example shortened('203.0.113.7') === '203.0.113.0/24'
 */
export const shortened = (address: string): string =>
  isIPv4(address) ? address.replace(/\d+$/, '0/24') : `${beginning(address, 3)}::/48`
