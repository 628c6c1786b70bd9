import { type ReactNode, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount } from '../account/account-provider.tsx'
import { chooseLanguage, language, languages, strings } from '../strings/strings.ts'
import { Avatar } from './avatar.tsx'
import { Wordmark } from './wordmark.tsx'

/** Every page but the room: a quiet header, one column, a quiet footer. */
export const PageFrame = ({ title, children }: { title?: string; children: ReactNode }) => {
  const { person } = useAccount()
  const [path] = useLocation()
  // There it would lead to itself, and forget where the person was going.
  const offersSignIn = person === null && path !== '/sign-in'
  useEffect(() => {
    document.title = title === undefined ? 'StreamIt' : `${title} · StreamIt`
  }, [title])
  const others = Object.entries(languages).filter(([tag]) => tag !== language)
  return (
    <div className="page">
      <header className="page-header">
        <Link href="/" className="home-link" aria-label={strings.toHome}>
          <Wordmark />
        </Link>
        {offersSignIn ? (
          <Link href={`/sign-in?next=${encodeURIComponent(path)}`} className="button quiet">
            {strings.signIn.link}
          </Link>
        ) : null}
        {person === null ? null : (
          <Link href="/account" className="account-link" aria-label={strings.account.link(person.name)}>
            <span className="account-name">{person.name}</span>
            <Avatar id={person.id} name={person.name} />
          </Link>
        )}
      </header>
      <main className="page-main">{children}</main>
      <footer className="page-footer">
        <span>{strings.footer}</span>
        {/* A page of its own, in English. */}
        <a href="/docs" hrefLang="en">
          {strings.forDevelopers}
        </a>
        {others.map(([tag, name]) => (
          <button
            key={tag}
            type="button"
            className="link-button"
            lang={tag}
            onClick={() => chooseLanguage(tag as keyof typeof languages)}
          >
            {name}
          </button>
        ))}
      </footer>
    </div>
  )
}
