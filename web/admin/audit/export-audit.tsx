import { useEffect, useRef, useState } from 'react'
import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'
import type { SentOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useAction } from '../../parts/use-action.ts'
import { ActFailure } from '../parts/act-failure.tsx'
import { words } from '../strings/strings.ts'
import { decisionsCsv } from './csv.ts'

const download = (text: string, name: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Everything that fits the filter as a file. It is read page by page, so that nobody waits without a sign. */
export const ExportAudit = ({ request }: { request: SentOf<'admin/audit'> }) => {
  const { call } = useAccount()
  const [count, setCount] = useState<number | null>(null)
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const exporting = useAction(async () => {
    stopping.current = new AbortController()
    const { signal } = stopping.current
    const found: AdminDecision[] = []
    let cursor: string | undefined
    do {
      setCount(found.length)
      const { entries, next } = await call('admin/audit', { ...request, cursor })
      if (signal.aborted) return setCount(null)
      found.push(...entries)
      cursor = next ?? undefined
    } while (cursor !== undefined)
    setCount(found.length)
    download(decisionsCsv(found), `streamit-audit-${new Date().toISOString().slice(0, 10)}.csv`)
  })
  const said = count === null ? null : exporting.isRunning ? words.audit.exporting(count) : words.audit.exported(count)
  return (
    <div className="admin-export">
      {exporting.isRunning ? (
        <button type="button" className="button compact" onClick={() => stopping.current.abort()}>
          {words.audit.stop}
        </button>
      ) : (
        <button type="button" className="button compact" onClick={() => void exporting.run()}>
          {words.audit.exportAll}
        </button>
      )}
      <p role="status">{exporting.failure === null ? said : null}</p>
      <ActFailure error={exporting.failure} />
    </div>
  )
}
