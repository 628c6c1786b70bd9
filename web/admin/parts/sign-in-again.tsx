import { Link, useLocation, useSearch } from 'wouter'

/** Leads to signing in with an account, whoever is signed in now, and back to where one was. */
export const SignInAgain = ({ label }: { label: string }) => {
  const [path] = useLocation()
  const search = useSearch()
  const here = search === '' ? path : `${path}?${search}`
  return (
    <Link href={`/sign-in?account&next=${encodeURIComponent(here)}`} className="button primary">
      {label}
    </Link>
  )
}
