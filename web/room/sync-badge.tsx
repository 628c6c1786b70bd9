import { strings } from '../strings/strings.ts'
import { useSync } from './use-sync.ts'

/** For the eye only: a number that moves every second is no news for a screen reader, and losing the line is announced. */
export const SyncBadge = ({ element }: { element: HTMLVideoElement | null }) => {
  const sync = useSync(element)
  return (
    <span className="sync-badge" data-status={sync.status}>
      <span className="sync-dot" aria-hidden="true" />
      <span className="sync-text">
        {sync.status === 'inStep' ? (
          <>
            <span className="sync-label">{strings.sync.inStep}, </span>± {sync.milliseconds} ms
          </>
        ) : (
          strings.sync[sync.status]
        )}
      </span>
    </span>
  )
}
