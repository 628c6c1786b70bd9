import { lazy, Suspense, useEffect, useState } from 'react'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { loadChunk } from '../parts/load-chunk.ts'

const ServiceNotice = lazy(async () => ({
  default: (await loadChunk(() => import('./service-notice.tsx'))).ServiceNotice,
}))

/** The notice of the service, once the page is drawn: no page waits for it, nor breaks where it does not come. */
export const LateNotice = () => {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => setDrawn(true), [])
  return isDrawn ? (
    <ErrorBoundary instead={() => null}>
      <Suspense fallback={null}>
        <ServiceNotice />
      </Suspense>
    </ErrorBoundary>
  ) : null
}
