import { useEffect, useRef, useState } from 'react'
import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'
import type { SentOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
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

type Progress = { found: AdminDecision[]; cursor: string | undefined }
const nothing = (): Progress => ({ found: [], cursor: undefined })

/**
 * Everything that fits the filter as a file. It is read page by page, so that nobody waits without a sign, and goes on where
 * a page did not come.
 */
export const ExportAudit = ({ request }: { request: SentOf<'admin/audit'> }) => {
  const { call } = useAccount()
  const [count, setCount] = useState<number | null>(null)
  const progress = useRef(nothing())
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const exporting = useAction(async () => {
    stopping.current = new AbortController()
    const { signal } = stopping.current
    do {
      const { found, cursor } = progress.current
      setCount(found.length)
      const { entries, next } = await call('admin/audit', { ...request, cursor })
      if (signal.aborted) {
        progress.current = nothing()
        return setCount(null)
      }
      progress.current = { found: [...found, ...entries], cursor: next ?? undefined }
    } while (progress.current.cursor !== undefined)
    const { found } = progress.current
    progress.current = nothing()
    setCount(found.length)
    download(decisionsCsv(found), `streamit-audit-${new Date().toISOString().slice(0, 10)}.csv`)
  })
  const isOver = !exporting.isRunning && exporting.failure === null
  const said = count === null ? null : isOver ? words.audit.exported(count) : words.audit.exporting(count)
  return (
    <div className="admin-export">
      {exporting.isRunning ? (
        <button type="button" className="button compact" onClick={() => stopping.current.abort()}>
          {words.audit.stop}
        </button>
      ) : (
        <button type="button" className="button compact" onClick={() => void exporting.run()}>
          {exporting.failure === null ? words.audit.exportAll : strings.tryAgain}
        </button>
      )}
      <p role="status">{said}</p>
      <ActFailure error={exporting.failure} />
    </div>
  )
}
