import type { VirtualTime } from '../client/simulated/virtual-time.ts'

export type EmbedTraits = {
  /** Milliseconds from a seek until it is there. */
  seek?: number
  /** When it shows an advertisement instead, and tells the length of that: milliseconds since the beginning. */
  ads?: readonly { from: number; to: number }[]
  /** What YouTube's player says meanwhile. Left out: the embed is none of YouTube's, and says that it is paused. */
  adState?: number
  /** A broadcast: it began so many seconds before. YouTube says so only after a while, here after that many milliseconds. */
  live?: { began: number; toldAfter: number }
}

const START_MS = 200
const UNSTARTED = -1
const PLAYING = 1
const PAUSED = 2
const LOADING = 3
const DURATION_SECONDS = 3_600

/**
 * The element of an embed in virtual time: it tells where it is four times a second, seeks slowly, and while it shows an
 * advertisement it takes no seek and does not move. What was asked of it meanwhile is done afterwards, but for seeks.
 */
export const createEmbed = (time: VirtualTime, traits: EmbedTraits = {}) => {
  const began = time.now()
  let position = 0
  let told = 0
  let movesFrom = 0
  let seenAt = time.now()
  let wantsToPlay = false
  let seek: { to: number; until: number } | null = null
  const calls = { play: 0, pause: 0, seek: 0 }
  const heard = new EventTarget()

  const edge = () => (traits.live?.began ?? 0) + (time.now() - began) / 1000
  const adAt = (now: number) => traits.ads?.find(({ from, to }) => now - began >= from && now - began < to)
  const isInAd = (now: number) => adAt(now) !== undefined
  const isMoving = (now: number) => wantsToPlay && seek === null && now >= movesFrom && !isInAd(now)
  const advance = () => {
    const now = time.now()
    if (isMoving(seenAt) && isMoving(now)) position += (now - seenAt) / 1000
    if (seek !== null && now >= seek.until) {
      position = seek.to
      seek = null
    }
    seenAt = now
  }
  let wasMoving = false
  const tick = () => {
    advance()
    if (isMoving(seenAt) && !wasMoving) heard.dispatchEvent(new Event('playing'))
    wasMoving = isMoving(seenAt)
    time.after(10, tick)
  }
  const tell = () => {
    told = position
    time.after(250, tell)
  }
  tick()
  tell()

  const state = (): number => {
    const now = time.now()
    if (isInAd(now)) return calls.pause === 0 ? UNSTARTED : (traits.adState ?? PAUSED)
    if (seek !== null || (wantsToPlay && now < movesFrom)) return LOADING
    return wantsToPlay ? PLAYING : PAUSED
  }
  const element = {
    localName: traits.adState === undefined ? 'vimeo-video' : 'youtube-video',
    readyState: 4,
    get duration() {
      const ad = adAt(time.now())
      if (ad !== undefined) return (ad.to - ad.from) / 1000
      return traits.live === undefined ? DURATION_SECONDS : edge()
    },
    api: {
      getPlayerState: state,
      getVideoData: () => ({ isLive: traits.live !== undefined && time.now() - began >= traits.live.toldAfter }),
    },
    addEventListener: heard.addEventListener.bind(heard),
    get paused() {
      return traits.adState === undefined && !isInAd(time.now()) ? !wantsToPlay : [-1, 0, 2, 5].includes(state())
    },
    get currentTime() {
      return told
    },
    set currentTime(to) {
      calls.seek += 1
      if (isInAd(time.now())) return
      seek = { to, until: time.now() + (traits.seek ?? START_MS) }
      movesFrom = seek.until
    },
    play: async () => {
      calls.play += 1
      if (!wantsToPlay) movesFrom = Math.max(movesFrom, time.now() + START_MS)
      wantsToPlay = true
    },
    pause: () => {
      calls.pause += 1
      wantsToPlay = false
    },
  }
  return {
    // The part of an element that an embed's player uses.
    element: element as unknown as HTMLVideoElement,
    calls,
    behind: () => edge() - position,
    truth: () => {
      advance()
      return position
    },
    isMoving: () => isMoving(time.now()),
    /** Somebody presses pause, or play, in the embed itself. */
    meddle: (isPaused: boolean) => {
      advance()
      wantsToPlay = !isPaused
    },
  }
}
