import { strings } from '../../strings/strings.ts'
import { useHostName, useMayDo, useRoomState } from '../room-context.tsx'
import { useDriverNames, useIsNobodyHere } from '../use-driver-names.ts'
import { ChooseVideo } from './choose-video.tsx'
import { HandNotes } from './hand-notes.tsx'
import { MutedNote } from './pause-notes.tsx'
import { RoleNote } from './role-note.tsx'

/** No video yet: the host chooses one here, everybody else reads what they wait for. */
export const EmptyStage = () => {
  const mayChoose = useMayDo('choose')
  const host = useHostName()
  const names = useDriverNames()
  const isNobody = useIsNobodyHere()
  const isKnown = useRoomState((state) => state.playback !== null && state.room !== null)
  if (!isKnown) return <div className="spinner" aria-hidden="true" />
  return (
    <div className="stage-message empty-stage">
      <div className="stage-notes" role="status">
        <HandNotes />
        <MutedNote />
        <RoleNote />
      </div>
      <p className="stage-title">{mayChoose ? strings.stage.emptyHost : strings.stage.empty}</p>
      {mayChoose ? (
        <div className="choose-video">
          <ChooseVideo />
        </div>
      ) : (
        <p>{isNobody ? strings.stage.emptyAway(host) : strings.stage.emptyNote(names)}</p>
      )}
    </div>
  )
}
