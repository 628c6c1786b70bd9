import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

type Broken = {
  /** What is answered instead of asking the server; false where the server is asked; silence where nobody answers. */
  http?: (path: string) => { status: number; body: string } | 'silence' | false
  /** The status with which every handshake is refused. */
  upgrade?: number
}

/** An edge that leads to `target`, and is broken in one place. */
export const openBrokenFront = async (target: string, { http = () => false, upgrade }: Broken) => {
  const sockets = new Set<Socket>()
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    const answer = http(url)
    if (answer === 'silence') return
    if (answer !== false) {
      response.writeHead(answer.status).end(answer.body)
      return
    }
    const sent = await request.toArray()
    const passed = Object.entries(headers).filter(([name]) => ['authorization', 'content-type'].includes(name))
    const asked = await fetch(`${target}${url}`, {
      method,
      headers: passed.map(([name, value]) => [name, String(value)] as [string, string]),
      ...(method !== 'GET' && { body: Buffer.concat(sent) }),
    })
    response.writeHead(asked.status).end(await asked.text())
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('upgrade', (request, near: Socket) => {
    // Clients of a test that is over are gone.
    near.on('error', () => near.destroy())
    if (upgrade !== undefined) {
      near.end(`HTTP/1.1 ${upgrade} Broken\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
      return
    }
    const { hostname, port } = new URL(target)
    const far = connect(Number(port), hostname)
    const lines = request.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
    )
    far.write([`GET ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    far.on('error', () => near.destroy())
    near.pipe(far).pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
