import type { LearnedMedia } from '../../../protocol/media.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { Right } from '../../../protocol/roles.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { hashChosenPassword } from '../../auth/room-passwords.ts'
import { changedBy } from '../../domain/audit.ts'
import { catchUpFrame, commandFrame } from '../../domain/playback.ts'
import { rightToChange } from '../../domain/rights.ts'
import {
  hashRoomPassword,
  mediaLearned,
  type Room,
  type RoomChange,
  roomDetail,
  roomUpdated,
  startOf,
} from '../../domain/room.ts'
import { tellChange } from '../../fanout/tell-change.ts'
import { tellUntoldFacts } from '../../fanout/tell-facts.ts'
import { serve } from '../../middleware/route.ts'
import type { TellingServices } from '../../middleware/services.ts'
import { assertPace } from '../../room/assert-pace.ts'
import { settleWaiting } from '../../room/settle-waiting.ts'
import { allOf } from '../../table/all-of.ts'
import { learnMedia } from '../../table/learned-media.ts'
import { countViewers, presencesIn } from '../../table/presences.ts'
import { roomByCode } from '../../table/rooms.ts'
import { changeRoom } from '../../table/settings.ts'
import { loadRoom, roomWhere } from '../permitted.ts'

type Change = RequestOf<'rooms/settings'>

/** Whether the change makes a new password. @throws Refusal invalid_field */
const renewsPassword = (room: Room, asked: Change) => {
  const entryMode = asked.is_private === undefined ? room.entry_mode : (asked.entry_mode ?? null)
  const field = asked.password === undefined ? 'new_password' : 'password'
  if (asked[field] !== undefined && entryMode !== 'PASSWORD')
    throw new Refusal('invalid_field', {
      message: `The field "${field}" is not valid: the room has no password. Set entry_mode to "PASSWORD" first.`,
    })
  return entryMode === 'PASSWORD' && (room.entry_mode !== 'PASSWORD' || asked[field] !== undefined)
}

/** A room's password as somebody is told it, and as its row keeps it. */
type NewPassword = { told: string; kept: Pick<Room, 'chosen_hash' | 'password_at' | 'password_hash'> }

const makePassword = async (
  { code, password_at: before }: Room,
  { input: { password: chosen }, receivedAt }: { input: Change; receivedAt: number },
  { ids }: TellingServices<'api'>,
): Promise<NewPassword> => {
  const made = ids.roomPassword()
  const password_hash = hashRoomPassword(code, made)
  // Two of one millisecond differ: by this it is told whether the one that somebody remembers still holds.
  const password_at = Math.max(receivedAt, (before ?? 0) + 1)
  if (chosen === undefined) return { told: made, kept: { password_hash, chosen_hash: null, password_at } }
  const chosen_hash = await hashChosenPassword({ code, password_hash }, chosen)
  return { told: chosen, kept: { password_hash, chosen_hash, password_at } }
}

/**
 * Whether the room is listed from now on; undefined if that stays as it is. A private room that becomes public is
 * listed unless the call says no, as the given contract means it.
 * @throws Refusal invalid_field
 */
const decideListing = (room: Room, asked: Change): boolean | undefined => {
  const isPrivate = asked.is_private ?? room.is_private
  if (isPrivate && asked.is_listed === true)
    throw new Refusal('invalid_field', {
      message: 'The field "is_listed" is not valid: only a public room can be listed. Set is_private to false first.',
    })
  if (isPrivate) return asked.is_private === undefined ? undefined : false
  return asked.is_listed ?? (room.is_private ? true : undefined)
}

const changeFrom = (
  asked: Change,
  { isListed, password }: { isListed: boolean | undefined; password: NewPassword | undefined },
): RoomChange => ({
  ...(asked.name !== undefined && { name: asked.name }),
  ...(asked.is_chat_enabled !== undefined && { is_chat_enabled: asked.is_chat_enabled }),
  ...(asked.guests_allowed !== undefined && { guests_allowed: asked.guests_allowed }),
  ...(asked.is_locked !== undefined && { is_locked: asked.is_locked }),
  ...(asked.media !== undefined && { media: asked.media }),
  ...(asked.slow_mode_seconds !== undefined && { slow_mode_seconds: asked.slow_mode_seconds }),
  ...(asked.control !== undefined && { control: asked.control }),
  ...(asked.heirs !== undefined && { heirs: asked.heirs }),
  ...(asked.is_private !== undefined && { is_private: asked.is_private, entry_mode: asked.entry_mode ?? null }),
  ...(isListed !== undefined && { is_listed: isListed }),
  ...password?.kept,
  ...(password === undefined &&
    asked.is_private !== undefined &&
    asked.entry_mode !== 'PASSWORD' && { password_hash: null, chosen_hash: null, password_at: null }),
})

/** Saves what the host's player found out, and tells everybody. Returns the room as it is then. */
const learn = async (
  room: Room,
  by: { userId: string; right: Right },
  learned: LearnedMedia,
  services: TellingServices<'api'>,
): Promise<Room> => {
  if (learned.duration === undefined && learned.live_origin === undefined) return room
  await assertPace(room.code, by.userId, services)
  const saved = await learnMedia(room, by, learned, services.clock())
  // Known already: maybe by this very call, whose function ended before it told that.
  if (saved === undefined) await tellUntoldFacts(room.code, services)
  if (saved?.room.media == null) return room
  const { room: wiser, stands } = saved
  // PAUSE goes first: a room that plays would leap once its video is longer.
  const events = [
    ...(stands ? [commandFrame('PAUSE', wiser, null)] : []),
    mediaLearned(saved.room.media, wiser.facts_revision),
  ]
  await tellChange(wiser, events, await presencesIn(wiser.code), services)
  return wiser
}

const changesEntry = ({ is_private, is_locked, guests_allowed }: Change): boolean =>
  is_private !== undefined || is_locked === true || guests_allowed === false

type Saving = { input: Change; user: { id: string }; right: Right; now: number; receivedAt: number }

/**
 * Saves a change, tells everybody, and answers those who wait where nobody has to let them in any more. @throws Refusal
 * not_host, conflict
 */
const save = async (
  before: Room,
  change: RoomChange,
  { input, user, right, now, receivedAt }: Saving,
  services: TellingServices<'api'>,
) => {
  const start = startOf(change.media, input.start)
  const by = { userId: user.id, right }
  const changed = await changeRoom(before.code, by, change, before, { now, receivedAt, start })
  if (changed === undefined) {
    roomWhere(right, user.id, { room: await roomByCode(before.code) }, now)
    throw new Refusal('conflict')
  }
  // What was asked for later stays as it is, and so do the answer's facts.
  const { room, saved } = changed
  // A new video pauses the room. PAUSE goes first: clients that read only the given events learn it from there. Where a
  // PLAY was received later, the room plays the new video.
  const playback = room.is_playing ? catchUpFrame(room, services.clock()) : commandFrame('PAUSE', room, user.id)
  const events = [...(saved.media === undefined ? [] : [playback]), roomUpdated(room, now)]
  await allOf([
    Object.keys(saved).length === 0
      ? undefined
      : presencesIn(room.code).then((presences) => tellChange(room, events, presences, services)),
    // Also where it was so before: the function that changed it may have ended before everybody was answered.
    changesEntry(input) ? settleWaiting(room, services) : undefined,
  ])
  return changed
}

export const settings = serve('rooms/settings', {
  load: loadRoom,
  act: async (call, loaded, services) => {
    const { input, user, now, audited } = call
    const right = rightToChange(input)
    const before = roomWhere(right, user.id, loaded, now)
    const password = renewsPassword(before, input) ? await makePassword(before, call, services) : undefined
    const change = changeFrom(input, { isListed: decideListing(before, input), password })
    if (Object.keys(change).length === 0) {
      const room =
        input.learned === undefined ? before : await learn(before, { userId: user.id, right }, input.learned, services)
      return roomDetail(room, user.id, await countViewers(room.code, now))
    }
    const about = { room: before, what: 'settings' as const, changed: changedBy(before, change) }
    const { room, saved } = await audited(about, () => save(before, change, { ...call, right }, services))
    const viewers = await countViewers(room.code, now)
    const isRenewed = password !== undefined && saved.password_hash !== undefined
    return { ...roomDetail(room, user.id, viewers), ...(isRenewed && { room_password: password.told }) }
  },
})
