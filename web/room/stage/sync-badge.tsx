import { strings } from '../../strings/strings.ts'
import { useSync } from './use-sync.ts'

/**
 * A dot and a word; pointing at it shows the milliseconds. For the eye only: losing the line is announced, and what
 * else it says can be read on the stage.
 */
export const SyncBadge = ({ element }: { element: HTMLVideoElement | null }) => {
  const sync = useSync(element)
  const title = sync.status === 'inStep' ? strings.sync.atMost(sync.milliseconds) : undefined
  return (
    <span className="sync-badge" data-status={sync.status} title={title}>
      <span className="sync-dot" aria-hidden="true" />
      <span className="sync-text">{strings.sync[sync.status]}</span>
    </span>
  )
}
