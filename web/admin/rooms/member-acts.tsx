import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { SelectField } from '../parts/select-field.tsx'
import { words } from '../strings/strings.ts'
import type { RoomMember } from './room-members.tsx'
import type { FullRoom } from './room-page.tsx'

type MemberActsProps = {
  code: string
  member: RoomMember
  /** Where on the page it stands, but for the list of members: no two buttons are called alike. */
  place?: keyof typeof words.room.places
  again: () => void
}
type MuteTime = keyof typeof words.room.muteTimes

const muteTimes = ['300', '3600', '86400', '2592000'] as const satisfies readonly MuteTime[]

/** What an administrator does about somebody in one room. Who waits, or went, has none of it. */
export const MemberActs = ({ code, member, place, again }: MemberActsProps) => {
  const { call } = useAccount()
  const { room } = words
  const [seconds, setSeconds] = useState<MuteTime>('3600')
  if (member.status !== 'APPROVED') return null
  const name = member.display_name
  const named = place === undefined ? name : `${name} (${room.places[place]})`
  const target = { room_id: code, user_id: member.id }
  const isMuted = member.muted_until !== null
  return (
    <div className="admin-acts">
      {isMuted ? (
        <ActButton
          label={room.unmute}
          name={room.unmuteName(named)}
          look="primary"
          title={room.unmuteTitle(name)}
          text={room.unmuteText(name)}
          act={() => call('admin/unmute', target)}
          done={room.unmuted(name)}
          onDone={again}
        />
      ) : (
        <ActButton
          label={room.mute}
          name={room.muteName(named)}
          title={room.muteTitle(name)}
          text={room.muteText(name)}
          act={() => call('admin/mute', { ...target, seconds: Number(seconds) })}
          done={room.muted(name)}
          onDone={again}
        >
          <SelectField
            label={room.muteFor}
            value={seconds}
            options={muteTimes.map((time) => [time, room.muteTimes[time]] as const)}
            onChange={setSeconds}
          />
        </ActButton>
      )}
      {member.is_host ? null : (
        <ActButton
          label={room.remove}
          name={room.removeName(named)}
          title={room.removeTitle(name)}
          text={room.removeText(name)}
          act={() => call('admin/remove-member', target)}
          done={room.removed(name)}
          onDone={again}
        />
      )}
    </div>
  )
}

type ActsOfNamedProps = Required<Pick<MemberActsProps, 'place' | 'again'>> & { of: FullRoom; id: string }

/** The same about somebody whom another part of the page names, wherever they stand in the list of members. */
export const ActsOfNamed = ({ of, id, place, again }: ActsOfNamedProps) => {
  // A server of the version before names nobody.
  const member = of.named?.find((one) => one.id === id)
  return member === undefined || of.room.state === 'ended' ? null : (
    <MemberActs code={of.room.code} member={member} place={place} again={again} />
  )
}
