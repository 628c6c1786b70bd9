import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { ResetForm, type ResetLink } from './reset-form.tsx'

/** What the address says below `#`: whose password, and the secret of the link. */
const linkIn = (hash: string): ResetLink | null => {
  const [, userId, secret] = /^#([^.]+)\.(.+)$/.exec(hash) ?? []
  return userId === undefined || secret === undefined ? null : { userId, secret }
}

/** Where the link of an administrator leads: a new password for an account whose old one nobody knows any more. */
export const ResetPage = () => {
  const { person, api, signOut } = useAccount()
  const [link] = useState(() => linkIn(location.hash))
  const [isDone, setDone] = useState(false)
  // Nobody reads the secret off the address bar, nor out of the history.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  const finish = async () => {
    setDone(true)
    // The token of this browser is refused from now on as well.
    if (person !== null && person.id === link?.userId) await signOut(api)
  }
  return (
    <PageFrame title={strings.reset.title}>
      <section className="card narrow">
        <h1>{strings.reset.title}</h1>
        {isDone ? (
          <>
            <p role="status">{strings.reset.done}</p>
            <Link href="/sign-in?account" className="button primary">
              {strings.signIn.link}
            </Link>
          </>
        ) : link === null ? (
          <p role="alert">{strings.reset.incomplete}</p>
        ) : (
          <ResetForm link={link} onDone={() => void finish()} />
        )}
      </section>
    </PageFrame>
  )
}
