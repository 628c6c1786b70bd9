import { Link } from 'wouter'
import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'
import { strings } from '../../strings/strings.ts'
import { Moment } from '../parts/moment.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { words } from '../strings/strings.ts'
import { sentenceOf } from './sentence.ts'

/** One decision, with ways to where and to whom it was about. */
export const DecisionRow = ({ decision }: { decision: AdminDecision }) => {
  const { at, by, by_id, whom, whom_id, room, from, outcome, detail } = decision
  return (
    <>
      <p>{sentenceOf(decision)}</p>
      {detail === undefined ? null : <p className="admin-row-note">{words.audit.detail(detail)}</p>}
      {outcome === 'done' ? null : <p className="admin-row-note">{strings.audit[outcome]}</p>}
      <p className="admin-row-note">
        <Moment at={at} />
        {' · '}
        <PersonLink id={by_id} name={by} />
        {whom === null || whom_id === null || whom_id === by_id ? null : (
          <>
            {' · '}
            <PersonLink id={whom_id} name={whom} />
          </>
        )}
        {room === null ? null : (
          <>
            {' · '}
            <Link href={`/admin/rooms/${room}`}>{words.audit.inRoom(room)}</Link>
          </>
        )}
        {' · '}
        {words.audit.fromAddress(from)}
      </p>
    </>
  )
}
