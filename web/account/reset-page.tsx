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

type Opened = { link: string; isDone: boolean }

/** What the address says, and after that what this entry of the history keeps of it, over a reload. */
const whatIsOpened = (): Opened => {
  if (location.hash !== '') return { link: location.hash, isDone: false }
  return history.state?.reset ?? { link: '', isDone: false }
}

const keep = (reset: Opened | null): void => history.replaceState({ reset }, '', location.pathname)

/** Where the link of an administrator leads: a new password for an account whose old one nobody knows any more. */
export const ResetPage = () => {
  const { person, api, signOut } = useAccount()
  const [opened, setOpened] = useState(whatIsOpened)
  const link = linkIn(opened.link)
  // Nobody reads the secret off the address bar, nor out of the list of pages.
  useEffect(() => keep(opened), [opened])
  // A second link in the same tab loads nothing.
  useEffect(() => {
    const open = () => setOpened(whatIsOpened())
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [])
  const finish = async () => {
    setOpened((now) => (now === opened ? { link: '', isDone: true } : now))
    // The token of this browser is refused from now on as well.
    if (person !== null && person.id === link?.userId) await signOut(api)
  }
  return (
    <PageFrame title={strings.reset.title}>
      <section className="card narrow">
        <h1>{strings.reset.title}</h1>
        {opened.isDone ? (
          <>
            <p role="status">{strings.reset.done}</p>
            <Link href="/sign-in?account" className="button primary">
              {strings.signIn.link}
            </Link>
          </>
        ) : link === null ? (
          <p role="alert">{strings.reset.incomplete}</p>
        ) : (
          <ResetForm key={opened.link} link={link} onDone={() => void finish()} onEnded={() => keep(null)} />
        )}
      </section>
    </PageFrame>
  )
}
