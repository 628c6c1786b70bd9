import type { Cancel, Runtime } from '../runtime.ts'
import type { Player } from './player.ts'
import type { Action } from './steering.ts'

const isRefusedByBrowser = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'NotAllowedError'

type Performer = {
  /** The engine's word, done to the player. A start that lies ahead is cancelled by the next word. */
  perform: (action: Action) => void
  cancelStart: () => void
}

/** Does to the player what the engine says. `moved`: what was read before says nothing about the player any more. */
export const createPerformer = (
  { runtime, player }: { runtime: Runtime; player: Player },
  on: { started: (position: number) => void; moved: () => void; refused: () => void },
): Performer => {
  let cancel: Cancel | undefined
  const play = (rate: number) => {
    const { position } = player.read()
    player.setRate(rate)
    on.started(position)
    on.moved()
    // Wrapped, so that a player that throws is one that rejects. Any error but a refusal, such as a pause that overtook
    // the play, shows in the next readings.
    void (async () => player.play())().catch((error) => {
      if (isRefusedByBrowser(error)) on.refused()
    })
  }
  const perform = (action: Action) => {
    cancel?.()
    switch (action.do) {
      case 'nothing':
        return
      case 'nudge':
        return player.setRate(action.rate)
      case 'pause':
        on.moved()
        return player.pause()
      case 'seek':
        on.moved()
        player.pause()
        return player.seek(action.position)
      case 'start at':
        cancel = runtime.after(Math.max(0, action.at - runtime.now()), () => play(action.rate))
        return
      default:
        return action satisfies never
    }
  }
  return { perform, cancelStart: () => cancel?.() }
}
