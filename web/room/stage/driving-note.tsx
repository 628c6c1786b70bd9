import { useEffect } from 'react'
import { strings } from '../../strings/strings.ts'
import { usePageState, usePageStore } from '../page-state.tsx'
import { useHostName, useIsHost } from '../room-context.tsx'

const SHOWN_FOR_MS = 5_000

/** Why nothing happens when somebody else than the host presses space, an arrow or the picture. */
export const DrivingNote = () => {
  const page = usePageStore()
  const isShown = usePageState((state) => state.drivingNote === 'shown')
  const host = useHostName()
  const isHost = useIsHost()
  useEffect(() => {
    if (!isShown) return
    const timer = setTimeout(() => page.update((state) => ({ ...state, drivingNote: 'told' })), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [isShown, page])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after another host the note may be shown once more
  useEffect(() => page.update((state) => ({ ...state, drivingNote: 'none' })), [host, isHost, page])
  return isShown && !isHost ? <p className="stage-note">{strings.stage.driving(host)}</p> : null
}
