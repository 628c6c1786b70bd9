import type { Failed } from '../../players/probe-media.ts'
import { strings } from '../../strings/strings.ts'
import { useHostName, useMayDo } from '../room-context.tsx'

type Props = { status: 'failed' | 'unknown'; reason: Failed | null; retry: () => void }

const sentenceFor = ({ problem, status }: Failed): string | null => {
  const { reasons } = strings.stage
  if (problem === 'notThere') return reasons.notThere(String(status))
  return problem in reasons ? reasons[problem as Exclude<keyof typeof reasons, 'notThere'>] : null
}

/** In place of a video that does not play here. */
export const FailedStage = ({ status, reason, retry }: Props) => {
  const mayChoose = useMayDo('choose')
  const host = useHostName()
  const sentence = reason === null ? null : sentenceFor(reason)
  return (
    <div className="stage-message" role="alert">
      <p className="stage-title">{strings.stage[status]}</p>
      {sentence === null ? null : <p>{sentence}</p>}
      <p>{mayChoose ? strings.stage.failedHost : strings.stage.failedGuest(host)}</p>
      {status === 'failed' ? (
        <button type="button" className="button" onClick={retry}>
          {strings.tryAgain}
        </button>
      ) : null}
    </div>
  )
}
