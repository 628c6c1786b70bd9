import { useAccount } from '../../account/account-provider.tsx'
import { Heading } from '../parts/heading.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { useFilter } from '../parts/use-filter.ts'
import { usePages } from '../parts/use-pages.ts'
import { words } from '../strings/strings.ts'
import { asked, requestOf } from './asked.ts'
import { AuditFilterForm } from './audit-filter.tsx'
import { DecisionRow } from './decision-row.tsx'
import { ExportAudit } from './export-audit.tsx'

/** Everything that was decided, everywhere. */
export const AuditPage = () => {
  const { call } = useAccount()
  const [filter, change] = useFilter(asked)
  const request = requestOf(filter)
  const key = JSON.stringify(filter)
  const pages = usePages(key, async (cursor) => {
    const { entries, next } = await call('admin/audit', { ...request, cursor })
    return { rows: entries, next }
  })
  return (
    <>
      <div className="admin-head">
        <Heading>{words.audit.title}</Heading>
        <p>{words.audit.note}</p>
      </div>
      <AuditFilterForm key={key} filter={filter} onChange={change} />
      <ExportAudit key={`${key} export`} request={request} />
      <PagedList pages={pages} empty={words.audit.empty} idOf={({ id }) => id}>
        {(decision) => <DecisionRow decision={decision} />}
      </PagedList>
    </>
  )
}
