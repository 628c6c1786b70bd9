import { useState } from 'react'
import { ApiError } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'
import { ofThisTab } from '../parts/browser-storage.ts'
import { Icon } from '../parts/icon.tsx'
import { useWhileVisible } from '../parts/use-while-visible.ts'
import { strings } from '../strings/strings.ts'
import '../styles/notice.css'
import { noteService, useService } from './known-service.ts'

const ASKED_EVERY_MS = 60_000
const KEPT_AS = 'streamit.notice-read'

/** What whoever runs the service wants everybody to know, above every page, until it is put away in this tab. */
export const ServiceNotice = () => {
  const { api } = useAccount()
  const notice = useService()?.notice ?? null
  const [read, setRead] = useState(() => ofThisTab.read(KEPT_AS))
  useWhileVisible(ASKED_EVERY_MS, () => {
    api.call('service', {}).then(noteService, (error: unknown) => {
      // What is known stays: the next answer is a minute away. A server of before has no such call.
      if (!(error instanceof ApiError)) throw error
    })
  })
  const putAway = () => {
    ofThisTab.keep(KEPT_AS, notice)
    setRead(notice)
  }
  return (
    <div className="service-notice" role="status">
      {notice === null || notice === read ? null : (
        <div className="service-notice-body">
          <p>{notice}</p>
          <button type="button" className="icon-button" aria-label={strings.close} onClick={putAway}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
