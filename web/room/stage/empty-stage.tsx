import { strings } from '../../strings/strings.ts'
import { useHostName, useIsHost, useIsHostAway, useRoomState } from '../room-context.tsx'
import { ChooseVideo } from './choose-video.tsx'

/** No video yet: the host chooses one here, everybody else reads what they wait for. */
export const EmptyStage = () => {
  const isHost = useIsHost()
  const host = useHostName()
  const isAway = useIsHostAway()
  const isKnown = useRoomState((state) => state.playback !== null && state.room !== null)
  if (!isKnown) return <div className="spinner" aria-hidden="true" />
  return (
    <div className="stage-message empty-stage">
      <p className="stage-title">{isHost ? strings.stage.emptyHost : strings.stage.empty}</p>
      {isHost ? (
        <div className="choose-video">
          <ChooseVideo />
        </div>
      ) : (
        <p>{isAway ? strings.stage.emptyAway(host) : strings.stage.emptyNote(host)}</p>
      )}
    </div>
  )
}
