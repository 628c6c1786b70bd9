import type { CommandType } from '../../protocol/event-types.ts'
import { startStopwatch } from '../stopwatch.ts'
import type { SessionContext } from './listener.ts'
import type { Intent } from './room-state.ts'
import { addCommand, place, type Wish } from './wish.ts'

/** The one wish that somebody has. The state shows it. */
export type HeldWish = {
  get: () => Wish | null
  become: (next: Wish | null) => void
  /** The room will not hear it any more, which the state says. */
  giveUp: () => void
  /** Adds a command. `isHere`: its place is where the room is when it goes out. */
  add: (command: Intent, ref: string, isHere: boolean) => void
  /** Gives it its place, where that is known by now. */
  settle: () => void
  /** Whether its person may still mean it: it is not old, and the room shows the video that it was about. */
  isMeant: () => boolean
}

/** A wish that could not be sent for this long is no longer what its person means: the room has gone on without it. */
const MEANT_FOR_MS = 120_000

/** `here`: where a command goes by itself, null while that is not known. `ended`: there is no wish any more. */
export const holdWish = (
  { runtime, store }: Pick<SessionContext, 'runtime' | 'store'>,
  here: (type: CommandType) => number | null,
  ended: () => void,
): HeldWish => {
  let wish: Wish | null = null
  let sinceGiven = startStopwatch(runtime)
  /** The address of the video that it is about; undefined while the room has told none. */
  let about: string | null | undefined
  const shown = () => {
    const { media, mediaVersion } = store.get()
    return mediaVersion < 0 ? undefined : (media?.url ?? null)
  }
  const isAboutShown = (): boolean => {
    if (about === undefined) about = shown()
    return about === shown()
  }

  const become = (next: Wish | null, unheard: Intent | null = null) => {
    wish = next
    const intent = next?.intent ?? null
    store.update((state) =>
      state.intent === intent && state.unheard === unheard ? state : { ...state, intent, unheard },
    )
    if (next === null) ended()
  }
  return {
    get: () => wish,
    become: (next) => become(next),
    giveUp: () => become(null, wish?.intent),
    add: (command, ref, isHere) => {
      sinceGiven = startStopwatch(runtime)
      // What is left of a wish about another video is no part of this one.
      if (!isAboutShown()) wish = null
      about = shown()
      const isPlaced = !isHere || (wish?.isPlaced ?? here(command.type) !== null)
      become(addCommand(wish, command, ref, isPlaced))
    },
    settle: () => {
      const time = wish === null || wish.isPlaced ? null : here(wish.intent.type)
      if (wish !== null && time !== null) become(place(wish, time))
    },
    isMeant: () => sinceGiven.passed() <= MEANT_FOR_MS && isAboutShown(),
  }
}
