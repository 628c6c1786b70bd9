import { useEffect, useRef, useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { useToldMedia } from '../page-state.tsx'
import { useRoomView } from '../room-view.tsx'
import { Controls } from './controls.tsx'
import { EmptyStage } from './empty-stage.tsx'
import { FailedStage } from './failed-stage.tsx'
import { OverStage } from './over-stage.tsx'
import { Shield } from './shield.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { StageProvider } from './stage-context.tsx'
import { StageNotes } from './stage-notes.tsx'
import { TapToJoin } from './tap-to-join.tsx'
import { useAim } from './use-aim.ts'
import { useIdle } from './use-idle.ts'
import { useLearnedDuration } from './use-learned-duration.ts'
import { useLive } from './use-live.ts'
import { useMedia } from './use-media.ts'
import { useMediaSession } from './use-media-session.ts'
import { useOutsidePause } from './use-outside-pause.ts'
import { usePlaybackCommands } from './use-playback-commands.ts'
import { usePlayhead } from './use-playhead.ts'
import { useWakeLock } from './use-wake-lock.ts'
import { useWayThrough } from './use-way-through.ts'

type StageProps = { element: HTMLVideoElement | null; onElement: (element: HTMLVideoElement | null) => void }

/** The video, what stands in its place while there is none, and its controls. */
export const Stage = ({ element, onElement }: StageProps) => {
  const stage = useRef<HTMLElement>(null)
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const { status, reason, isEmbedded, setDragging, live: liveFacts, behind, tryAgain } = useMedia(frame, onElement)
  const hasMedia = status !== 'none'
  useToldMedia(status)
  const playhead = usePlayhead(element)
  const live = useLive(liveFacts, behind)
  const aim = useAim(setDragging)
  const commands = usePlaybackCommands(element, playhead, live, aim)
  const hold = useOutsidePause(element, playhead, commands)
  const isOpen = useWayThrough(element)
  useLearnedDuration(isEmbedded, playhead.phase)
  useMediaSession(status === 'ready' && !isEmbedded, playhead, commands)
  const { isIdle, wake } = useIdle(playhead.phase === 'playing' && hold === null)
  useWakeLock(playhead.phase !== 'paused' && hasMedia && hold === null)
  const { setTheatre } = useRoomView()
  // Where the stage breaks, the way out of theatre mode goes with it.
  useEffect(() => () => setTheatre(false), [setTheatre])

  return (
    <StageProvider value={{ stage, element, playhead, commands, live, aim }}>
      <section
        ref={stage}
        className="stage"
        data-status={status}
        aria-label={strings.stage.label}
        data-idle={isIdle}
        data-embed={isEmbedded}
        onPointerMove={wake}
        onFocus={wake}
        onKeyDown={wake}
      >
        <div className="picture">
          <div ref={setFrame} className="media-frame" data-open={isOpen} />
          <Shield isOpen={isOpen} wake={wake} />
          {!isOpen && (status === 'loading' || playhead.isBuffering) ? (
            <div className="spinner" aria-hidden="true" />
          ) : null}
          {status === 'none' ? <EmptyStage /> : null}
          {status === 'failed' || status === 'unknown' ? (
            <FailedStage status={status} reason={reason} retry={tryAgain} />
          ) : null}
          {hasMedia ? <OverStage /> : null}
          {hasMedia ? <StageNotes isEmbedded={isEmbedded} isSilent={status === 'loading'} tryAgain={tryAgain} /> : null}
          {hasMedia && hold !== null ? <TapToJoin hold={hold} /> : null}
        </div>
        {hasMedia ? <Controls /> : null}
        <Shortcuts />
      </section>
    </StageProvider>
  )
}
