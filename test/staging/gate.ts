import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Gate = {
  url: string
  /** Cuts every connection, and lets no new one through. */
  shut: () => void
  open: () => void
  close: () => Promise<void>
}

/**
 * Another address of the same server, whose connections can be cut as where a network is lost, and begin after `delayMs`
 * as where a machine is busy.
 */
export const openGate = async (target: string, { delayMs = 0 } = {}): Promise<Gate> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isShut = false
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    // Either side may break off at any moment: that is what the gate is for.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const join = (near: Socket): void => {
    if (near.destroyed) return
    const far = connect(Number(port), hostname)
    keep(far)
    near.pipe(far)
    far.pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }
  const server = createServer((near) => {
    keep(near)
    if (isShut) near.destroy()
    else setTimeout(() => join(near), delayMs)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const shut = (): void => {
    isShut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut,
    open: () => {
      isShut = false
    },
    close: async () => {
      const closed = new Promise((done) => server.close(done))
      shut()
      await closed
    },
  }
}
