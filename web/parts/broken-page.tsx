import { useEffect } from 'react'
import { strings } from '../strings/strings.ts'
import { ChunkMissing } from './load-chunk.ts'
import { Wordmark } from './wordmark.tsx'

/**
 * In the place of a page that broke. It needs nothing of what may be broken. Its links load the page anew, which also
 * brings the newest version of what was not found.
 */
export const BrokenPage = ({ error, retry }: { error: unknown; retry: () => void }) => {
  // Going back leads to another page, which may be whole.
  useEffect(() => {
    addEventListener('popstate', retry)
    return () => removeEventListener('popstate', retry)
  }, [retry])
  const { title, text } = error instanceof ChunkMissing ? strings.broken.chunk : strings.broken.page
  return (
    <main className="page broken-page">
      <Wordmark />
      <section className="card narrow" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        <div className="card-actions">
          <button type="button" className="button primary" onClick={() => location.reload()}>
            {strings.broken.reload}
          </button>
          <a href="/" className="button">
            {strings.toHome}
          </a>
        </div>
      </section>
    </main>
  )
}
