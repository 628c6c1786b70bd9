import { isOver } from '../../../client/index.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo } from '../room-context.tsx'
import { useDriverNames } from '../use-driver-names.ts'
import { ChangeVideo } from './change-video.tsx'
import { useStage } from './stage-context.tsx'

/** Over the last picture of a video: that it is over, and what those who drive can do next. */
export const OverStage = () => {
  const { playhead, commands } = useStage()
  const mayCommand = useMayDo('command')
  const names = useDriverNames()
  const { phase, position, duration } = playhead
  if (phase !== 'paused' || !isOver(position, duration)) return null
  return (
    <div className="over-stage">
      <p className="stage-title">{strings.stage.over}</p>
      {mayCommand ? (
        <div className="over-actions">
          <button type="button" className="button" onClick={commands.play}>
            {strings.stage.again}
          </button>
          <ChangeVideo look="button" />
        </div>
      ) : (
        <p>{strings.stage.overNote(names)}</p>
      )}
    </div>
  )
}
