import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as z from 'zod'
import { type Arrived, callerAddress } from '../../functions/auth/caller-address.ts'
import type { Invoked } from '../staging/in-process.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const authorized: Invoked[] = []
const stage = setUpStage({
  onInvoked: (invoked) => {
    if (invoked.id === 'Authorizer') authorized.push(invoked)
  },
})

const LOOPBACK = '127.0.0.1'
const FORGED = '203.0.113.7'
const forged = {
  'x-streamit-viewer': FORGED,
  'x-forwarded-for': FORGED,
  forwarded: `for=${FORGED}`,
  'cloudfront-viewer-address': `${FORGED}:443`,
}

/** The address that a socket is known to come from, as every function of it hears. */
const addressOfSocket = async (url: string, headers: Record<string, string>): Promise<string> => {
  authorized.length = 0
  const socket = new WebSocket(url.replace('localhost', LOOPBACK), { headers })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.terminate()
  const [{ result } = { result: undefined }] = authorized
  return z.object({ context: z.object({ address: z.string() }) }).parse(result).context.address
}

const entering = async () => {
  const { code, host } = await stage.room()
  return {
    edge: stage.runtime.roomUrl(code, host.token),
    direct: stage.runtime.realtimeUrl({ room: code, token: host.token }),
  }
}

describe('a socket', () => {
  it('[H10] through the edge comes from where the edge saw its viewer, whatever that one sends along', async () => {
    const { edge } = await entering()
    expect(await addressOfSocket(edge, {})).toBe(LOOPBACK)
    expect(await addressOfSocket(edge, forged)).toBe(LOOPBACK)
    expect(await addressOfSocket(edge, { ...forged, 'x-streamit-edge': 'guessed' })).toBe(LOOPBACK)
  })

  it('[H10] that goes past the edge comes from where the gateway saw it, whatever it sends along', async () => {
    const { direct } = await entering()
    expect(await addressOfSocket(direct, {})).toBe(LOOPBACK)
    expect(await addressOfSocket(direct, forged)).toBe(LOOPBACK)
    expect(await addressOfSocket(direct, { ...forged, 'x-streamit-edge': 'guessed' })).toBe(LOOPBACK)
  })
})

describe('the word of the edge', () => {
  let edge: { EDGE_SECRET_ARN: string }
  const secret = async (): Promise<string> => {
    const value = new GetSecretValueCommand({ SecretId: edge.EDGE_SECRET_ARN })
    return (await new SecretsManagerClient().send(value)).SecretString ?? ''
  }
  const addressOf = (headers: Arrived['headers'], now = stage.services.clock()) =>
    callerAddress({ headers, sourceIp: '198.51.100.9' }, now, edge)

  beforeAll(() => {
    const { environment = {} } = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Api')) ?? {}
    edge = { EDGE_SECRET_ARN: String(environment.EDGE_SECRET_ARN) }
  })

  it('[H10] counts with its secret alone, and where it says an address', async () => {
    const proof = { 'x-streamit-edge': await secret() }
    expect(await addressOf({ ...proof, 'x-streamit-viewer': '2001:db8::1' })).toBe('2001:db8::1')
    expect(await addressOf({ 'X-Streamit-Edge': await secret(), 'X-Streamit-Viewer': FORGED })).toBe(FORGED)
    for (const wrong of [undefined, '', 'guessed', `${await secret()} `, `guessed,${await secret()}`])
      expect(await addressOf({ 'x-streamit-edge': wrong, 'x-streamit-viewer': FORGED })).toBe('198.51.100.9')
    expect(await addressOf({ ...proof, 'x-streamit-viewer': 'nowhere' })).toBe('198.51.100.9')
    expect(await addressOf(proof)).toBe('198.51.100.9')
  })

  it('[H10] counts with the version before a rotation, which the edge sends until it is deployed anew', async () => {
    const before = { 'x-streamit-edge': await secret(), 'x-streamit-viewer': FORGED }
    const later = (minutes: number) => stage.services.clock() + minutes * 60_000
    stage.runtime.secrets.rotate(edge.EDGE_SECRET_ARN)
    expect(await addressOf(before, later(6))).toBe(FORGED)
    expect(await addressOf({ ...before, 'x-streamit-edge': await secret() }, later(6))).toBe(FORGED)
    stage.runtime.secrets.rotate(edge.EDGE_SECRET_ARN)
    expect(await addressOf(before, later(12))).toBe('198.51.100.9')
  })
})
