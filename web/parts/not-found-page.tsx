import { Link } from 'wouter'
import { strings } from '../strings/strings.ts'
import { PageFrame } from './page-frame.tsx'

export const NotFoundPage = () => (
  <PageFrame title={strings.notFound.title}>
    <section className="card narrow">
      <h1>{strings.notFound.title}</h1>
      <p>{strings.notFound.text}</p>
      <Link href="/" className="button primary">
        {strings.toHome}
      </Link>
    </section>
  </PageFrame>
)
