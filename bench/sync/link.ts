import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { between } from '../../test/client/simulated/seeded-random.ts'

/** `upShare`: what the way up takes of the round trip; the way down takes the rest. */
export type LinkTraits = { roundTripMs: number; upShare: number; random: () => number }
export type Link = { url: string; close: () => Promise<void> }

/** Either way takes up to this share more or less, drawn anew for every piece. */
const JITTER = 0.3

/** One direction of a connection: everything arrives late by its own delay, but never before what was sent earlier. */
const carry = (from: Socket, to: Socket, delay: () => number, opensAt: number) => {
  const underWay: { at: number; deliver: () => void }[] = []
  let lastArrival = opensAt
  let timer: NodeJS.Timeout | undefined
  const pump = () => {
    timer = undefined
    const now = performance.now()
    // Timers are coarse: what is due within the half millisecond is due now.
    while ((underWay[0]?.at ?? Number.POSITIVE_INFINITY) <= now + 0.5) underWay.shift()?.deliver()
    const next = underWay[0]
    if (next !== undefined) timer = setTimeout(pump, next.at - now)
  }
  const send = (deliver: () => void) => {
    lastArrival = Math.max(lastArrival, performance.now() + delay())
    underWay.push({ at: lastArrival, deliver })
    if (timer === undefined) pump()
  }
  from.on('data', (data) => send(() => to.write(data)))
  from.on('end', () => send(() => to.end()))
  // A line that broke has no order to keep.
  from.on('error', () => to.destroy())
}

/** A long way to `target`: a TCP relay on a port of its own, for HTTP and WebSockets alike. */
export const openLink = async (target: string, { roundTripMs, upShare, random }: LinkTraits): Promise<Link> => {
  const { hostname, port } = new URL(target)
  const way = (share: number) => () => roundTripMs * share * between(random, 1 - JITTER, 1 + JITTER)
  const up = way(upShare)
  const down = way(1 - upShare)
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket.setNoDelay(true))
    socket.once('close', () => open.delete(socket))
  }
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true })
    keep(near)
    keep(far)
    // The relay accepts at once; the handshake of a real way takes one round trip before anything is sent.
    carry(near, far, up, performance.now() + up() + down() + up())
    carry(far, near, down, 0)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return {
    url: `http://localhost:${address.port}`,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
