import { formatTime } from '../../room/format-time.ts'
import { Facts } from '../parts/facts.tsx'
import { Moment } from '../parts/moment.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import type { FullRoom } from './room-page.tsx'

const yesOrNo = (is: boolean): string => (is ? words.yes : words.no)

/** How the room is set up, and how long it lasts. */
export const RoomSettings = ({ room }: { room: FullRoom['room'] }) => {
  const slow = room.slow_mode_seconds ?? 0
  return (
    <Section title={words.room.settings}>
      <Facts
        of={[
          [words.room.host, <PersonLink key="host" id={room.host_id} name={room.host} />],
          [words.room.entry, words.room.entries[room.entry_mode ?? 'open']],
          [words.room.listed, yesOrNo(room.is_listed === true)],
          [words.room.locked, yesOrNo(room.is_locked === true)],
          [words.room.guests, yesOrNo(room.guests_allowed)],
          [words.room.chatOn, yesOrNo(room.is_chat_enabled)],
          [words.room.slowMode, slow === 0 ? words.no : words.room.seconds(slow)],
          [words.room.control, words.room.controls[room.control ?? 'HOSTS']],
          [words.room.made, <Moment key="made" at={room.created_at} />],
          [words.room.active, <Moment key="active" at={room.active_at} />],
          room.ended_at === null
            ? [words.room.idleUntil, <Moment key="idle" at={room.idle_until} />]
            : [words.room.endedAt, <Moment key="ended" at={room.ended_at} />],
        ]}
      />
    </Section>
  )
}

/** What plays, and where it is. */
export const Playback = ({ of: { room, playback } }: { of: FullRoom }) => (
  <Section title={words.room.playback}>
    {room.media === null ? (
      <p className="empty">{words.room.noVideo}</p>
    ) : (
      <Facts
        of={[
          [
            words.room.video,
            <a key="video" href={room.media.url} target="_blank" rel="noreferrer noopener">
              {room.media.title ?? room.media.url}
            </a>,
          ],
          [
            words.room.stands,
            `${formatTime(playback.time)}, ${playback.is_playing ? words.rooms.playing : words.rooms.paused}`,
          ],
          [words.room.version, playback.version],
        ]}
      />
    )}
  </Section>
)
