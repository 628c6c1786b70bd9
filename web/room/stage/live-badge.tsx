import { strings } from '../../strings/strings.ts'
import { formatTime } from '../format-time.ts'
import { useMayDo } from '../room-context.tsx'
import { useStage } from './stage-context.tsx'

/** Nearer to the edge than this is live: players keep some segments between themselves and the newest picture. */
const AT_EDGE_SECONDS = 15

/** In place of the position: that this is live, how far the room is behind, and for the host the way to the edge. */
export const LiveBadge = () => {
  const { playhead, live } = useStage()
  const mayCommand = useMayDo('command')
  const facts = live.facts()
  const behind = facts === null ? (live.behind() ?? 0) : facts.edge - playhead.position
  const isBehind = behind > AT_EDGE_SECONDS
  return (
    <span className="live">
      <span className="live-badge" data-behind={isBehind}>
        {strings.controls.live}
      </span>
      {isBehind ? <span className="time">−{formatTime(behind)}</span> : null}
      {isBehind && mayCommand ? (
        <button type="button" className="button compact live-edge" onClick={live.playAtEdge}>
          {strings.controls.toLiveEdge}
        </button>
      ) : null}
    </span>
  )
}
