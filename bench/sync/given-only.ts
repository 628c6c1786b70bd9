import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ServerEvent } from '../../protocol/server-events.ts'

/** Where this client is from `at` (clock of this process) on: `time` in seconds. */
type Leg = { at: number; isPlaying: boolean; time: number }

export type GivenOnly = {
  legs: Leg[]
  /** The instant of the last frame that played or moved the room, and where it said the room is. */
  heard: () => Leg
  rejoin: () => Promise<void>
  leave: () => void
}

export const positionOf = (legs: readonly Leg[], at: number): number | undefined => {
  const leg = legs.findLast((each) => each.at <= at)
  if (leg === undefined) return undefined
  return leg.isPlaying ? leg.time + (at - leg.at) / 1000 : leg.time
}

/**
 * A client that reads `time` and nothing else, believes it on receipt, and starts without taking any time: no clocks, no
 * versions. The best that the given fields allow.
 */
export const openGivenOnly = async (url: string): Promise<GivenOnly> => {
  const legs: Leg[] = []
  const hear = (data: unknown) => {
    const frame = ServerEvent.parse(JSON.parse(String(data)))
    const at = performance.now()
    const isPlaying = legs.at(-1)?.isPlaying ?? false
    if (frame.type === 'PLAY' || frame.type === 'PAUSE')
      legs.push({ at, isPlaying: frame.type === 'PLAY', time: frame.time })
    if (frame.type === 'SEEK') legs.push({ at, isPlaying, time: frame.time })
    if (frame.type === 'PLAYBACK_STATE') legs.push({ at, isPlaying: frame.is_playing, time: frame.time })
  }
  const dial = async () => {
    const dialled = new WebSocket(url)
    dialled.on('message', hear)
    await once(dialled, 'open')
    return dialled
  }
  let socket = await dial()
  return {
    legs,
    heard: () => {
      const leg = legs.at(-1)
      if (leg === undefined) throw new Error('The client that reads only the given fields has heard nothing.')
      return leg
    },
    rejoin: async () => {
      socket.terminate()
      socket = await dial()
    },
    leave: () => socket.terminate(),
  }
}
