import { PageFrame } from '../parts/page-frame.tsx'
import { SignInAgain } from './parts/sign-in-again.tsx'
import { words } from './strings/strings.ts'

/** For who is signed in and has no part in the administration. */
export const NotAdmin = ({ name }: { name: string }) => (
  <PageFrame title={words.notAdmin.title}>
    <section className="card narrow">
      <h1>{words.notAdmin.title}</h1>
      <p>{words.notAdmin.text(name)}</p>
      <SignInAgain label={words.notAdmin.other} />
    </section>
  </PageFrame>
)
