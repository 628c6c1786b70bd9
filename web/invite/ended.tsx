import { Link } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'

type EndedCode = keyof typeof strings.ended

const isKnown = (code: string): code is EndedCode => Object.hasOwn(strings.ended, code)

/** Codes after which coming back makes no sense: the room is gone, or the person is. */
const final = new Set(['room_deleted', 'room_deleted_own', 'banned'])
/** Codes after which coming back is refused for a while. */
const later = new Set(['kicked', 'rejected'])

/** The room is over for this person: why, and where to go from here. */
export const Ended = ({ code, onAgain }: { code: string; onAgain: () => void }) => {
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
