import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { ResetForm, type ResetLink } from './reset-form.tsx'

/** What an address says below `#`: whose password, and the secret of the link. */
const linkIn = (hash: string): ResetLink | null => {
  const [, userId, secret] = /^#([^.]+)\.(.+)$/.exec(hash) ?? []
  return userId === undefined || secret === undefined ? null : { userId, secret }
}

/** What the address says, and after that what this entry of the history keeps of it, over a reload. */
const linkOpened = (): string => location.hash || String(history.state?.resetLink ?? '')

const keepLink = (resetLink: string | null): void =>
  history.replaceState(resetLink === null ? null : { resetLink }, '', location.pathname)

/** Where the link of an administrator leads: a new password for an account whose old one nobody knows any more. */
export const ResetPage = () => {
  const { person, api, signOut } = useAccount()
  const [opened] = useState(linkOpened)
  const link = linkIn(opened)
  const [isDone, setDone] = useState(false)
  // Nobody reads the secret off the address bar, nor out of the list of pages.
  useEffect(() => keepLink(opened), [opened])
  const finish = async () => {
    keepLink(null)
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
          <ResetForm link={link} onDone={() => void finish()} onEnded={() => keepLink(null)} />
        )}
      </section>
    </PageFrame>
  )
}
