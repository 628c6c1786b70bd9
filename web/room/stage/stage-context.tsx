import { createContext, type ReactNode, type RefObject, useContext } from 'react'
import type { Aim } from './use-aim.ts'
import type { Live } from './use-live.ts'
import type { PlaybackCommands } from './use-playback-commands.ts'
import type { Playhead } from './use-playhead.ts'

/** What every part of the stage may need of the others. */
export type StageParts = {
  /** The whole stage: picture and controls. */
  stage: RefObject<HTMLElement | null>
  /** The video, null while there is none. */
  element: HTMLVideoElement | null
  playhead: Playhead
  commands: PlaybackCommands
  live: Live
  aim: Aim
}

const StageContext = createContext<StageParts | null>(null)

export const StageProvider = ({ value, children }: { value: StageParts; children: ReactNode }) => (
  <StageContext value={value}>{children}</StageContext>
)

export const useStage = (): StageParts => {
  const parts = useContext(StageContext)
  if (parts === null) throw new Error('useStage needs a StageProvider above it.')
  return parts
}
