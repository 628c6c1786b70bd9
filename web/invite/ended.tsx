import { Link } from 'wouter'
import type { ClosureCode } from '../../client/index.ts'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'

/** Why the room is over: the reason of the connection, or that a host deleted their own. */
export type EndCode = ClosureCode | 'room_deleted_own'

const isKnown = (code: string): code is keyof typeof strings.ended => Object.hasOwn(strings.ended, code)

/** Codes after which coming back makes no sense: the room is gone, or the person is. */
const final: ReadonlySet<EndCode> = new Set(['room_deleted', 'room_deleted_own', 'banned'])
/** Codes after which coming back is refused for a while. */
const later: ReadonlySet<EndCode> = new Set(['kicked', 'rejected', 'service_banned'])

/** The room is over for this person: why, and where to go from here. */
export const Ended = ({ code, onAgain }: { code: EndCode; onAgain: () => void }) => {
  const { title, text } = strings.ended[isKnown(code) ? code : 'other']
  const canReturn = !final.has(code) && !later.has(code)
  return (
    <PageFrame title={title}>
      <section className="card narrow" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        <div className="card-actions">
          {canReturn ? (
            <button type="button" className="button primary" onClick={onAgain}>
              {strings.endedAgain}
            </button>
          ) : null}
          <Link href="/" className={canReturn ? 'button' : 'button primary'}>
            {canReturn ? strings.toHome : strings.makeYourOwn}
          </Link>
          {later.has(code) ? (
            <button type="button" className="button" onClick={onAgain}>
              {strings.endedAgain}
            </button>
          ) : null}
        </div>
      </section>
    </PageFrame>
  )
}
