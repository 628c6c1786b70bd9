import type { Socket } from 'node:net'

const CONTINUATION = 0
const BINARY = 2

/**
 * Calls `tooLarge` when a client sends a data frame over `limitBytes`. API Gateway limits frames and messages, and the
 * WebSocket library knows the size of whole messages only. So this reads the frames' headers as the bytes pass by.
 */
export const meterFrames = (socket: Socket, limitBytes: number, tooLarge: () => void): void => {
  let header = Buffer.alloc(0)
  let payloadLeft = 0

  socket.prependListener('data', (chunk: Buffer) => {
    let offset = 0
    while (offset < chunk.length) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, chunk.length - offset)
        payloadLeft -= skipped
        offset += skipped
        continue
      }
      header = Buffer.concat([header, chunk.subarray(offset, offset + 1)])
      offset += 1
      const size = payloadSize(header)
      if (size === undefined) continue
      const opcode = (header[0] ?? 0) & 0x0f
      header = Buffer.alloc(0)
      payloadLeft = size
      if (size > limitBytes && opcode >= CONTINUATION && opcode <= BINARY) tooLarge()
    }
  })
}

/** The payload's length once the whole frame header is there: two bytes, up to eight of length, four of mask. */
const payloadSize = (header: Buffer): number | undefined => {
  const second = header[1]
  if (second === undefined) return undefined
  const short = second & 0x7f
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const maskBytes = second & 0x80 ? 4 : 0
  if (header.length < 2 + lengthBytes + maskBytes) return undefined
  if (lengthBytes === 0) return short
  return lengthBytes === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2))
}
