import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useRoomState } from '../room-context.tsx'
import { AskedPause } from './ask-pause.tsx'
import { AwayNote } from './away-note.tsx'
import { DrivingNote } from './driving-note.tsx'
import { HandNotes } from './hand-notes.tsx'
import { MutedNote, PauseAsked } from './pause-notes.tsx'
import { RoleNote } from './role-note.tsx'
import { useStage } from './stage-context.tsx'
import { type Missing, useMissing } from './use-missing.ts'

type StageNotesProps = {
  isEmbedded: boolean
  /** The player has not said anything yet. */
  isSilent: boolean
  tryAgain: () => void
}

/** What keeps this viewer from seeing what the others see, and everybody from going on: one sentence each over the picture. */
export const StageNotes = ({ isEmbedded, isSilent, tryAgain }: StageNotesProps) => {
  const { element } = useStage()
  const isUnheard = useRoomState(({ unheard }) => unheard !== null)
  const hindrance = useRoomState(({ player }) => player.hindrance)
  const missing = useMissing(element, isEmbedded)
  const [closed, setClosed] = useState<Missing>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another video may lack something else
  useEffect(() => setClosed(null), [element])
  const shown = missing === closed ? null : missing
  const isMute = isSilent && hindrance === 'disobeys'
  const said = hindrance === null || hindrance === 'failed' || isMute ? null : strings.stage.hindrances[hindrance]
  return (
    <div className="stage-notes" role="status">
      <HandNotes away={<AwayNote />} />
      <PauseAsked />
      <AskedPause />
      <MutedNote />
      <RoleNote />
      <DrivingNote />
      {isUnheard ? <p className="stage-note">{strings.stage.unheard}</p> : null}
      {said === null ? null : <p className="stage-note">{said}</p>}
      {isMute ? (
        <p className="stage-note">
          <span>{strings.stage.mute}</span>
          <button type="button" className="button compact" onClick={tryAgain}>
            {strings.tryAgain}
          </button>
        </p>
      ) : null}
      {shown === null ? null : (
        <p className="stage-note">
          <span>{strings.stage.missing[shown]}</span>
          <button type="button" aria-label={strings.close} onClick={() => setClosed(shown)}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  )
}
