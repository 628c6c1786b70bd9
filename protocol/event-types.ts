// Without schemas, so that a page can read it: they would bring 100 KB into every page.

/** The `type` of the frames that command playback. */
const commandTypes = ['PLAY', 'PAUSE', 'SEEK'] as const
export type CommandType = (typeof commandTypes)[number]

/** The `type` of every frame that a client may send. */
export const clientEventTypes = ['CHAT_MESSAGE', ...commandTypes, 'PING', 'SYNC_REQUEST'] as const
export type ClientEventType = (typeof clientEventTypes)[number]

/** The `type` of every frame that the server may send. */
export const serverEventTypes = [
  'USER_JOINED',
  'USER_LEFT',
  'ROOM_PARTICIPANTS',
  'CHAT_MESSAGE',
  'CHAT_HISTORY',
  'MESSAGE_REMOVED',
  ...commandTypes,
  'PLAYBACK_STATE',
  'PONG',
  'ERROR',
  'ROOM_UPDATED',
  'MEDIA_LEARNED',
  'PAUSE_ASKED',
  'MUTED',
  'JOIN_REQUESTED',
  'JOIN_RESOLVED',
  'ROOM_DELETED',
  'REMOVED',
] as const
export type ServerEventType = (typeof serverEventTypes)[number]

/** The parts of a room that a SYNC_REQUEST can ask for beside its playback. */
export const roomParts = ['facts', 'people', 'chat'] as const
export type RoomPart = (typeof roomParts)[number]

const isOneOf = <T extends string>(types: readonly T[], type: string): type is T =>
  (types as readonly string[]).includes(type)

export const isClientEventType = (type: string): type is ClientEventType => isOneOf(clientEventTypes, type)
export const isCommandType = (type: string): type is CommandType => isOneOf(commandTypes, type)
export const isServerEventType = (type: string): type is ServerEventType => isOneOf(serverEventTypes, type)
