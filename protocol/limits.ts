/** Bounds of the wire contract. They are part of the protocol: a client may rely on them. */

/** Bytes of a frame that the server reads; above it a frame is answered with `too_large`. */
export const MAX_CLIENT_FRAME_BYTES = 8 * 1024
/** Bytes of the largest frame that the server sends: API Gateway meters per 32 KB and refuses more in one frame. */
export const MAX_SERVER_FRAME_BYTES = 30 * 1000
/** Bytes of an HTTP body that the server reads. */
export const MAX_BODY_BYTES = 64 * 1024
/** People that one ROOM_PARTICIPANTS frame names at the most. */
export const MAX_LISTED_PARTICIPANTS = 200
/** Messages in one page or one CHAT_HISTORY frame. */
export const MESSAGES_PER_PAGE = 50
/** Messages that one SYNC_REQUEST brings at the most; older ones are read over HTTP. */
export const MAX_MISSED_MESSAGES = 200
/** Rooms in one page of one's own. */
export const ROOMS_PER_PAGE = 20
/** Public rooms whose people are counted at once, and rooms in one page of them at the most. */
export const PUBLIC_ROOMS_COUNTED = 40
/** Rooms with which a page of public rooms is full enough: no more are counted for it. */
export const PUBLIC_ROOMS_ENOUGH = 20
/** Public rooms, empty ones included, that one call looks at: then its page ends, however few it holds. */
export const PUBLIC_ROOMS_LOOKED_AT = 200
/** Seconds for which one answer about public rooms serves everybody. */
export const PUBLIC_ROOMS_SECONDS = 5
/** Characters of the mark by which a browser is known again. */
export const MAX_BROWSER_CHARACTERS = 64
/** Decisions in one page of the audit. */
export const DECISIONS_PER_PAGE = 50
/** Seconds for which one answer about the service serves everybody. */
export const SERVICE_SECONDS = 20
/** Seconds for which an answer about the contract itself may be kept. */
export const DOCUMENTS_SECONDS = 300
/** Members in one page. */
export const MEMBERS_PER_PAGE = 100
/** Code points of a chat message. */
export const MAX_MESSAGE_CODE_POINTS = 500
/** UTF-8 bytes of a chat message. */
export const MAX_MESSAGE_BYTES = 2_000
/** Visible characters (grapheme clusters) of a display or room name. */
export const MAX_NAME_CHARACTERS = 40
/** Code points of a display or room name: a cluster may stack any number of marks, a name may not. */
export const MAX_NAME_CODE_POINTS = 120
/**
 * UTF-8 bytes of a name in the form in which names are compared. It is limited because it is part of a key, and a few
 * letters unfold to whole phrases.
 */
export const MAX_FOLDED_NAME_BYTES = 640
/** Seconds of the latest position that can be commanded: one week. */
export const MAX_TIME_SECONDS = 604_800
/** A live stream gets a new origin an hour before its positions end. */
export const LIVE_ORIGIN_SECONDS = MAX_TIME_SECONDS - 3_600
/** Characters of `ref`, the client's own mark on a frame. */
export const MAX_REF_CHARACTERS = 64
/** Characters of a media address. */
export const MAX_MEDIA_URL_CHARACTERS = 2_048
/** Characters of a media title. */
export const MAX_MEDIA_TITLE_CHARACTERS = 200
/** Characters of an e-mail address. */
export const MAX_EMAIL_CHARACTERS = 254
/** Characters of an account password at the least. */
export const MIN_PASSWORD_CHARACTERS = 8
/** UTF-8 bytes of an account password at the most: bcrypt reads no more. */
export const MAX_PASSWORD_BYTES = 72
/** Letters and digits of a room's password at the least: nothing else of it is compared. */
export const MIN_ROOM_PASSWORD_LETTERS = 8
/** UTF-16 units of what may be sent as a room's password. */
export const MAX_ROOM_PASSWORD_UNITS = 200
/** Seconds of the longest mute: thirty days. */
export const MAX_MUTE_SECONDS = 30 * 24 * 3600
/** Days of the longest ban of a network: households change their addresses. */
export const MAX_BAN_DAYS = 365
/** Characters of the notice that all pages show. */
export const MAX_NOTICE_CHARACTERS = 300
/** Hours for which an administrator's sign-in holds in the administration. */
export const ADMIN_SIGN_IN_HOURS = 12
/** Hours for which a link that sets a new password holds. */
export const RESET_LINK_HOURS = 24
/** Rooms, people or networks in one page of the administration's lists. */
export const ADMIN_ROWS_PER_PAGE = 25
/** Rooms, the latest active, whose people are counted together. */
export const ADMIN_ROOMS_COUNTED = 200
/** Co-hosts of one room. */
export const MAX_COHOSTS = 20
/** Seconds for which the host has to be away before somebody may take over. */
export const HOST_AWAY_SECONDS = 60
/** Sockets of one person in a room that may end at once, and the milliseconds after which that person may open one more. */
export const OPENINGS_AT_ONCE = 30
export const OPENING_EVERY_MS = 2_000
/** What one person decides about a room at once at the most, and the milliseconds after which they may decide once more. */
export const DECISIONS_AT_ONCE = 40
export const DECISION_EVERY_MS = 500
/** Seconds between two questions of one person for a pause. */
export const PAUSE_ASKED_EVERY_SECONDS = 10
/** Seconds between two messages of one person in slow mode, at the most. */
export const MAX_SLOW_MODE_SECONDS = 3_600
/**
 * A client sends a PING this often, in milliseconds: far within the platform's idle limit of ten minutes. A socket that has
 * been silent for longer may be replaced by a newer tab.
 */
export const PING_PERIOD_MS = 60_000
/** Open sockets of one person in one room. */
export const MAX_CONNECTIONS_PER_USER = 10
/** Seconds from one change of one's name to the next. */
export const NAME_CHANGE_SECONDS = 10
/** Seconds for which a rejected or kicked person is refused. */
export const REFUSED_FOR_SECONDS = 600
/** Seconds after which a wish to enter is over that nobody repeats: who waits asks every few seconds. */
export const WISH_LASTS_SECONDS = 60
/** Seconds after which somebody who withdrew a wish to enter may ask again. */
export const ASK_AGAIN_AFTER_SECONDS = 10
/** Seconds after which somebody may come back once more who has left twice: the first return is free. */
export const RETURN_AGAIN_AFTER_SECONDS = 10
