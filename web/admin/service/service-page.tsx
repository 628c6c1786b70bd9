import { useEffect } from 'react'
import type { Service } from '../../../protocol/http/admin/service.ts'
import type { SentOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useAnswer } from '../../parts/use-answer.ts'
import { noteChangedService, noteService, useService } from '../../service/known-service.ts'
import { ActButton } from '../parts/act-button.tsx'
import { Answered } from '../parts/answered.tsx'
import { Heading } from '../parts/heading.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { Notice } from './notice.tsx'

export type ChangeService = (change: SentOf<'admin/change-service'>) => Promise<unknown>

/** What holds for the whole service. */
export const ServicePage = () => {
  const service = useAnswer('service', {})
  const known = useService()
  const answer = service.status === 'ready' ? service.answer : null
  useEffect(() => {
    if (answer !== null) noteService(answer)
  }, [answer])
  return (
    <>
      <div className="admin-head">
        <Heading>{words.service.title}</Heading>
      </div>
      <Answered call={service}>{(asked) => <ServiceSettings service={known ?? asked} />}</Answered>
    </>
  )
}

const ServiceSettings = ({ service }: { service: Service }) => {
  const { call } = useAccount()
  const change: ChangeService = async (wanted) => noteChangedService(await call('admin/change-service', wanted))
  return (
    <>
      <Notice notice={service.notice} change={change} />
      <Registration isOpen={service.is_registration_open} change={change} />
      <Guests areAdmitted={service.are_guests_admitted} change={change} />
    </>
  )
}

const Registration = ({ isOpen, change }: { isOpen: boolean; change: ChangeService }) => (
  <Section title={words.service.registration}>
    <p>{isOpen ? words.service.registrationOpen : words.service.registrationClosed}</p>
    <div className="admin-acts">
      {isOpen ? (
        <ActButton
          label={words.service.closeRegistration}
          title={words.service.closeRegistrationTitle}
          text={words.service.closeRegistrationText}
          act={() => change({ is_registration_open: false })}
          done={words.service.changed}
        />
      ) : (
        <ActButton
          label={words.service.openRegistration}
          look="primary"
          title={words.service.openRegistrationTitle}
          text={words.service.openRegistrationText}
          act={() => change({ is_registration_open: true })}
          done={words.service.changed}
        />
      )}
    </div>
  </Section>
)

const Guests = ({ areAdmitted, change }: { areAdmitted: boolean; change: ChangeService }) => (
  <Section title={words.service.guests}>
    <p>{areAdmitted ? words.service.guestsAdmitted : words.service.guestsRefused}</p>
    <div className="admin-acts">
      {areAdmitted ? (
        <ActButton
          label={words.service.refuseGuests}
          title={words.service.refuseGuestsTitle}
          text={words.service.refuseGuestsText}
          act={() => change({ are_guests_admitted: false })}
          done={words.service.changed}
        />
      ) : (
        <ActButton
          label={words.service.admitGuests}
          look="primary"
          title={words.service.admitGuestsTitle}
          text={words.service.admitGuestsText}
          act={() => change({ are_guests_admitted: true })}
          done={words.service.changed}
        />
      )}
    </div>
  </Section>
)
