import { MAX_TIME_SECONDS } from '../../protocol/limits.ts'

const UNITS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/i
const CLOCK = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/

/**
 * Seconds of a start as links write it; undefined where it says none, or says the beginning.
 * @example startSeconds('1m30s') === 90
 * @example startSeconds('npt:10,20') === 10
 */
export const startSeconds = (written: string | null | undefined): number | undefined => {
  // Of a media fragment, "from,to", only the start is of use.
  const from = (written ?? '').trim().replace(/^npt:/i, '').replace(/,.*$/, '')
  const [, hours = '0', minutes = '0', seconds = '0'] = UNITS.exec(from) ?? CLOCK.exec(from) ?? []
  const start = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return start > 0 && start <= MAX_TIME_SECONDS ? Math.round(start * 1000) / 1000 : undefined
}

/** What stands behind the hash, as parameters: "#t=90", "#/watch?v=…&t=90". */
export const hashParams = ({ hash }: URL): URLSearchParams => new URLSearchParams(hash.replace(/^#[^=&]*\?|^#!?/, ''))

/** The first start that one of these parameters gives. */
export const startIn = (names: readonly string[], ...lists: readonly URLSearchParams[]): number | undefined =>
  lists
    .flatMap((params) => names.map((name) => startSeconds(params.get(name))))
    .find((seconds) => seconds !== undefined)
