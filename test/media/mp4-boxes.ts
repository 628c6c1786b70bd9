// As much of the MP4 file format as it takes to move a fragment in time.

/** The body of the first box with that path. */
const boxIn = (bytes: Buffer, path: readonly string[]): Buffer | undefined => {
  const [name, ...deeper] = path
  for (let start = 0; start + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(start)
    if (size < 8) throw new Error('A box has a size that is not of our own files.')
    if (bytes.toString('latin1', start + 4, start + 8) === name) {
      const body = bytes.subarray(start + 8, start + size)
      return deeper.length === 0 ? body : boxIn(body, deeper)
    }
    start += size
  }
  return undefined
}

/** As above, of a box whose times have 64 bits. */
const longBoxIn = (bytes: Buffer, ...path: string[]): Buffer => {
  const box = boxIn(bytes, path)
  if (box?.readUInt8(0) !== 1) throw new Error(`There is no ${path.join('/')} with times of 64 bits.`)
  return box
}

/** What an init segment says of its track: ticks a second, and how many ticks of the media come before the beginning. */
export const readTrack = (init: Buffer): { ticksPerSecond: number; skippedTicks: number } => {
  const header = boxIn(init, ['moov', 'trak', 'mdia', 'mdhd'])
  if (header === undefined) throw new Error('The init segment has no track.')
  const edits = boxIn(init, ['moov', 'trak', 'edts', 'elst'])
  return { ticksPerSecond: header.readUInt32BE(12), skippedTicks: edits?.readInt32BE(12) ?? 0 }
}

/** The decode time of a fragment's first frame, in ticks. */
export const decodeTimeOf = (part: Buffer): number => Number(longBoxIn(part, 'moof', 'traf', 'tfdt').readBigUInt64BE(4))

/** The same frames, so many ticks later, as the fragment with that number. */
export const moved = (part: Buffer, ticks: number, number: number): Buffer => {
  const copy = Buffer.from(part)
  const later = (box: Buffer, at: number) => box.writeBigUInt64BE(box.readBigUInt64BE(at) + BigInt(ticks), at)
  later(longBoxIn(copy, 'moof', 'traf', 'tfdt'), 4)
  if (boxIn(copy, ['sidx']) !== undefined) later(longBoxIn(copy, 'sidx'), 12)
  boxIn(copy, ['moof', 'mfhd'])?.writeUInt32BE(number, 4)
  return copy
}
