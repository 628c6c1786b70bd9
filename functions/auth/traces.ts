import { createHmac } from 'node:crypto'
import { networkOf } from '../domain/address.ts'
import { type Traces, tracesIn } from '../domain/membership.ts'
import { versionsOf } from './secret-versions.ts'
import type { TokenSettings } from './tokens.ts'

/** How somebody comes to a room: from an address, and with the mark that their browser keeps, if it keeps one. */
export type Coming = { address: string; browser?: string | undefined }

/** 128 bits. */
const TRACE_CHARACTERS = 22

const hmac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Who has the table alone cannot try out addresses, and a trace in one room tells nothing about another room. */
const traceOf = (secret: Uint8Array, ...of: string[]): string =>
  hmac(hmac(secret, 'streamit traces'), JSON.stringify(of)).toString('base64url').slice(0, TRACE_CHARACTERS)

/** No room has this code: what is known of a network everywhere is no trace in any of them. */
const EVERYWHERE = ''

/** Under which hashes the service knows the network of an address: the present one first, then those of before a rotation. */
export const networksOf = async (
  address: string,
  now: number,
  { SIGNING_SECRET_ARN }: Pick<TokenSettings, 'SIGNING_SECRET_ARN'>,
): Promise<string[]> =>
  (await versionsOf(SIGNING_SECRET_ARN, now)).map(({ value }) =>
    traceOf(value, EVERYWHERE, 'network', networkOf(address)),
  )

/**
 * What somebody leaves behind in a room (`left`), and under which traces they may be known there (`known`): the same, and
 * those of before a rotation of the secret.
 */
export const tracesOf = async (
  code: string,
  { address, browser }: Coming,
  now: number,
  { SIGNING_SECRET_ARN }: Pick<TokenSettings, 'SIGNING_SECRET_ARN'>,
): Promise<{ left: Traces; known: string[] }> => {
  const [left = {}, ...former] = (await versionsOf(SIGNING_SECRET_ARN, now)).map(
    ({ value }): Traces => ({
      network_trace: traceOf(value, code, 'network', networkOf(address)),
      ...(browser !== undefined && { browser_trace: traceOf(value, code, 'browser', browser) }),
    }),
  )
  return { left, known: [left, ...former].flatMap(tracesIn) }
}
