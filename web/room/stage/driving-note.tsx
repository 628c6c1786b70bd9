import { useEffect } from 'react'
import { strings } from '../../strings/strings.ts'
import { usePageState, usePageStore } from '../page-state.tsx'
import { useHostName, useMayDo } from '../room-context.tsx'
import { useDriverNames } from '../use-driver-names.ts'

const SHOWN_FOR_MS = 5_000

/** Why nothing happens when somebody who may not drive presses space, an arrow or the picture. */
export const DrivingNote = () => {
  const page = usePageStore()
  const isShown = usePageState((state) => state.drivingNote === 'shown')
  const host = useHostName()
  const names = useDriverNames()
  const mayCommand = useMayDo('command')
  useEffect(() => {
    if (!isShown) return
    const timer = setTimeout(() => page.update((state) => ({ ...state, drivingNote: 'told' })), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [isShown, page])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after another host the note may be shown once more
  useEffect(() => page.update((state) => ({ ...state, drivingNote: 'none' })), [host, mayCommand, page])
  if (!isShown || mayCommand) return null
  return <p className="stage-note">{strings.stage.driving(names)}</p>
}
