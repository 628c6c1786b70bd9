/** What a player says of itself at one instant. */
export type Reading = {
  /** Seconds into the video at `at`. */
  position: number
  /** Seconds of video per second of time that it is set to. */
  rate: number
  paused: boolean
  /** Loading, seeking or stalled: it cannot be driven now. */
  buffering: boolean
  /** A person is dragging its position. */
  dragging: boolean
  /** Instant of the reading on the runtime's local clock in milliseconds: `performance.now()` by default. */
  at: number
  /** Seconds of the whole video, where the player knows: it ends there, whatever the room believes. */
  duration?: number | null
}

/** What a page supplies: any video element or embed behind seven functions. */
export type Player = {
  read: () => Reading
  /** Any rate between 0.95 and 1.05 times the room's; set `preservesPitch`, so that nobody hears it. */
  setRate: (rate: number) => void
  /** Goes to a position in seconds; `read` says `buffering` until it is there. */
  seek: (position: number) => void
  /** Where the browser refuses, the promise rejects with a `NotAllowedError`. */
  play: () => void | Promise<void>
  pause: () => void
  /** False for players with a few fixed rates (YouTube): they are only ever seeked. */
  canNudge: boolean
}
