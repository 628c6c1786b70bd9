/** Seconds between which a player can be seeked. */
export type SeekableRange = { from: number; to: number }

/** What a player says of itself at one instant. Fields that it does not know are left out. */
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
  /**
   * Seconds of the whole video: it ends there, whatever the room believes. NaN, 0 and Infinity say that it is not known. A
   * player that says `obeys` may tell the length of an advertisement: one that is shorter than the room's counts once five
   * seconds were played by it, or at its end.
   */
  duration?: number | null
  /** It stands at its end, and `play` would begin at the beginning. It can be seeked back, whatever `buffering` says. */
  ended?: boolean
  /** Where it can be seeked to at this instant. A host without ranges leaves nothing but the beginning. */
  seekable?: SeekableRange | null
  /**
   * A broadcast. `line`: its positions are on the room's time line, so that it is kept in step. `edge`: it only has its
   * own edge, the end of `seekable`; it is played and paused there.
   */
  live?: 'line' | 'edge'
  /** It has given up: no command will help. */
  failed?: boolean
  /** False while it does something else than it was told, such as showing an advertisement or asking for consent. */
  obeys?: boolean
  /**
   * Something else has paused it since it was told to play, and had begun to: a media key, the system, a click in an embed.
   * `pause` ends that. Where it is left out, one that has moved for half a second and stands still was paused so.
   */
  stopped?: boolean
  /** It has given up waiting for its last seek, which has shown nothing: that says nothing about where seeks lead. */
  seekLost?: boolean
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
