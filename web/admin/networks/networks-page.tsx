import type { BannedNetwork } from '../../../protocol/http/admin/people.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { Heading } from '../parts/heading.tsx'
import { Moment } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { usePages } from '../parts/use-pages.ts'
import { words } from '../strings/strings.ts'
import { BanAddress } from './ban-address.tsx'

/** As many of a network's hash as the audit names. */
const HASH_CHARACTERS = 8

/** The networks from which nobody comes in. */
export const NetworksPage = () => {
  const { call } = useAccount()
  const pages = usePages('networks', async (cursor) => {
    const { networks, next } = await call('admin/networks', { cursor })
    return { rows: networks, next }
  })
  const again = pages.status === 'ready' ? pages.again : undefined
  return (
    <>
      <div className="admin-head">
        <Heading>{words.networks.title}</Heading>
        <p>{words.networks.note}</p>
      </div>
      <PagedList pages={pages} empty={words.networks.empty} idOf={({ id }) => id}>
        {(network, reload) => <NetworkRow network={network} again={reload} />}
      </PagedList>
      <BanAddress onDone={again} />
    </>
  )
}

const NetworkRow = ({ network, again }: { network: BannedNetwork; again: () => void }) => {
  const { call } = useAccount()
  const note = network.note === '' ? words.networks.unnamed : network.note
  return (
    <>
      <p className="admin-row-title">
        {note} <code>{network.id.slice(0, HASH_CHARACTERS)}</code>
      </p>
      <p className="admin-row-note">
        {words.networks.by} <PersonLink id={network.by_id} name={network.by} /> · <Moment at={network.at} /> ·{' '}
        {words.networks.until} <Moment at={network.until} />
      </p>
      <div className="admin-acts">
        <ActButton
          label={words.networks.unban}
          name={words.networks.unbanName(note)}
          look="primary"
          title={words.networks.unbanTitle}
          text={words.networks.unbanText}
          act={() => call('admin/unban-network', { network_id: network.id })}
          done={words.networks.unbanDone}
          onDone={again}
        />
      </div>
    </>
  )
}
