import { strings } from '../../strings/strings.ts'
import { useHostName, useMayDo } from '../room-context.tsx'

/** In place of a video that does not play here. */
export const FailedStage = ({ status, retry }: { status: 'failed' | 'unknown'; retry: () => void }) => {
  const mayChoose = useMayDo('choose')
  const host = useHostName()
  return (
    <div className="stage-message" role="alert">
      <p className="stage-title">{strings.stage[status]}</p>
      <p>{mayChoose ? strings.stage.failedHost : strings.stage.failedGuest(host)}</p>
      {status === 'failed' ? (
        <button type="button" className="button" onClick={retry}>
          {strings.tryAgain}
        </button>
      ) : null}
    </div>
  )
}
