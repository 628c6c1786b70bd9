// Without schemas, so that a page can read it.

/** What somebody with a right may decide about others or the room: the closed list of what the audit keeps. */
export const decisionNames = [
  'approve',
  'reject',
  'reject_all',
  'kick',
  'ban',
  'unban',
  'mute',
  'unmute',
  'appoint',
  'dismiss',
  'transfer',
  'withdraw_transfer',
  'accept_transfer',
  'decline_transfer',
  'take_over',
  'take_back',
  'give_back',
  'settings',
  'remove_message',
  'clear_chat',
  'delete_room',
] as const
export type DecisionName = (typeof decisionNames)[number]

/** What is decided about the service and its people, beside what is about rooms: by administrators, or by the account itself. */
const serviceDecisionNames = [
  'ban_person',
  'unban_person',
  'ban_network',
  'unban_network',
  'grant_admin',
  'withdraw_admin',
  'reset_link',
  'reset_used',
  'notice',
  'take_down_notice',
  'open_registration',
  'close_registration',
  'admit_guests',
  'refuse_guests',
] as const
export type ServiceDecisionName = (typeof serviceDecisionNames)[number]

export const allDecisionNames = [...decisionNames, ...serviceDecisionNames] as const

/** Settings that a decision says to have changed: what was asked for is never told, because it may be a password. */
export const changedSettings = [
  'name',
  'is_chat_enabled',
  'guests_allowed',
  'is_locked',
  'is_private',
  'is_listed',
  'entry_mode',
  'password',
  'media',
  'control',
  'heirs',
  'slow_mode_seconds',
] as const
export type ChangedSetting = (typeof changedSettings)[number]
