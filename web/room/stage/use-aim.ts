import { useEffect, useMemo, useRef, useState } from 'react'
import { useMayDo, useRoomState } from '../room-context.tsx'

/** Presses of a key come one by one: the room is moved once, when they have stopped. */
const SETTLE_MS = 350

/** Where somebody is about to move the room to. */
export type Aim = {
  /** In seconds; null while the room is to stay where it is. */
  at: number | null
  /** The pointer takes the bar: nothing moves the room before `letGo`. */
  hold: () => void
  isHeld: () => boolean
  /** Aims there. Unless it is held, `arrive` is called when nothing has been aimed at for a moment. */
  point: (seconds: number, arrive: (seconds: number) => void) => void
  letGo: () => void
}

/** It ends with the video that it is about, and with the right to move it. */
export const useAim = (setDragging: (isDragging: boolean) => void): Aim => {
  const url = useRoomState(({ media }) => media?.url)
  const mayCommand = useMayDo('command')
  const [at, setAt] = useState<number | null>(null)
  const isHeld = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const aim = useMemo(() => {
    const setHeld = (next: boolean) => {
      isHeld.current = next
      setDragging(next)
    }
    return {
      hold: () => setHeld(true),
      isHeld: () => isHeld.current,
      point: (seconds: number, arrive: (seconds: number) => void) => {
        setAt(seconds)
        clearTimeout(timer.current)
        if (!isHeld.current) timer.current = setTimeout(() => arrive(seconds), SETTLE_MS)
      },
      letGo: () => {
        clearTimeout(timer.current)
        setHeld(false)
        setAt(null)
      },
    }
  }, [setDragging])
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every change of these it is over
  useEffect(() => aim.letGo, [aim, url, mayCommand])
  return { ...aim, at }
}
