import type { Reading, SeekableRange } from '../../client/index.ts'
import { createEmbedFrame } from './embed-frame.ts'
import { createEmbedNature } from './embed-nature.ts'
import { createEmbedSeek, SEEK_PATIENCE_MS } from './embed-seek.ts'
import { embedState } from './embed-state.ts'
import { createEmbedWish, DISOBEYS_AFTER_MS, LONGEST_SILENCE_MS } from './embed-wish.ts'
import { knownDuration, type PagePlayer, type PlayerOptions } from './media-player.ts'
import { watchEmbedPause } from './outside-pause.ts'

const HAVE_METADATA = 1
/** An embed that says it is further off than this was moved. */
const MOVED_SECONDS = 1
/** Nothing says that the browser refused: an embed that has not moved by then, in a page nobody has touched, was refused. */
const REFUSED_AFTER_MS = 2_500

const wasTouched = (): boolean => navigator.userActivation?.hasBeenActive ?? true

/** Resolves when the embed plays, rejects when it says so or has not begun in a page that nobody has touched. */
const refusedOrNot = (stands: () => boolean, play: Promise<void> | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (stands() && !wasTouched()) reject(new DOMException('The embed did not start.', 'NotAllowedError'))
      else resolve()
    }, REFUSED_AFTER_MS)
    play?.then(
      () => {
        clearTimeout(timer)
        resolve()
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })

/** Whether the embed stands at its end. It says so once; an embed that was moved or played again is not there any more. */
const watchEnd = (element: HTMLVideoElement): ((paused: boolean) => boolean) => {
  let endedAt: number | null = null
  element.addEventListener('ended', () => {
    endedAt = element.currentTime
  })
  return (paused) => {
    if (endedAt !== null && (!paused || Math.abs(element.currentTime - endedAt) > MOVED_SECONDS)) endedAt = null
    return endedAt !== null
  }
}

/** A broadcast's newest picture is where its length ends. */
const edgeOf = ({ duration }: HTMLVideoElement): SeekableRange | null => {
  const known = knownDuration(duration)
  return known === null ? null : { from: 0, to: known }
}

const behindEdge = (element: HTMLVideoElement): number | null => {
  const edge = edgeOf(element)
  return edge === null ? null : Math.max(0, edge.to - element.currentTime)
}

/** A player in somebody else's frame, reached by messages: it is seeked, never nudged. */
export const createEmbedPlayer = (element: HTMLVideoElement, options: PlayerOptions): PagePlayer => {
  let told = { position: 0, at: options.now() }
  let plays = false
  const frame = createEmbedFrame(element)
  const seek = createEmbedSeek()
  const wish = createEmbedWish()
  const isEnded = watchEnd(element)
  const nature = createEmbedNature(element)
  const pauses = watchEmbedPause(element)
  const tell = (next: boolean) => {
    plays = next
    wish.tell(plays, options.now())
    pauses.tell(plays)
  }

  return {
    canNudge: false,
    read: (): Reading => {
      const now = options.now()
      const state = embedState(element)
      if (element.currentTime !== told.position) told = { position: element.currentTime, at: now }
      seek.look(told.position, state, now)
      const isLoaded = element.readyState >= HAVE_METADATA
      // One that was told to play and has not begun is not paused: it shows something else first.
      const paused = state === 'paused' || (state === 'unstarted' && !plays)
      const isLive = nature.isLive(now)
      const since = state === 'plays' ? Math.min(now - told.at, LONGEST_SILENCE_MS) : 0
      const isSilent = state === 'plays' && !isLive && now - told.at > LONGEST_SILENCE_MS
      const isLoading = state === 'loading' || (state === 'unstarted' && plays) || isSilent
      const ended = isEnded(paused)
      const patience = seek.isUnderWay() && state === 'loading' ? SEEK_PATIENCE_MS : DISOBEYS_AFTER_MS
      const isAway = seek.isUnderWay() || seek.isLost()
      const pause = ended ? 'none' : pauses.look(paused, now)
      const obeys = () => pause !== 'none' || wish.obeys({ now, paused, ended, movedAt: told.at, isAway, patience })
      const isBusy = !isLoaded || isLoading || pause === 'unsure' || !nature.isKnown(now)
      return {
        position: told.position + since / 1000,
        rate: 1,
        paused,
        buffering: (seek.isUnderWay() && !isLive) || isBusy,
        dragging: options.isDragging(),
        at: now,
        duration: isLive ? null : knownDuration(element.duration),
        ended,
        failed: options.hasFailed(),
        stopped: pause === 'stopped',
        obeys: isLoaded ? obeys() : !frame.isMute(now),
        seekLost: seek.isLost(),
        ...(isLive && { live: 'edge', seekable: edgeOf(element) }),
      }
    },
    setRate: () => {},
    seek: (position) => {
      seek.begin(position, element.currentTime, options.now())
      element.currentTime = position
    },
    play: () => {
      seek.giveUp()
      tell(true)
      return refusedOrNot(() => element.paused && !pauses.hasBegun(), element.play())
    },
    pause: () => {
      tell(false)
      element.pause()
    },
    live: () => null,
    behind: () => (nature.isLive(options.now()) ? behindEdge(element) : null),
  }
}
