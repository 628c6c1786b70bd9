import type { TellingServices } from '../middleware/services.ts'
import { asyncapi } from './asyncapi.ts'
import { health } from './health.ts'
import { openapi } from './openapi.ts'
import { acceptTransfer } from './rooms/accept-transfer.ts'
import { approve } from './rooms/approve.ts'
import { askPause } from './rooms/ask-pause.ts'
import { audit } from './rooms/audit.ts'
import { ban } from './rooms/ban.ts'
import { clearChat } from './rooms/clear-chat.ts'
import { create } from './rooms/create.ts'
import { deleteRoom } from './rooms/delete.ts'
import { detail } from './rooms/detail.ts'
import { heir } from './rooms/heir.ts'
import { join } from './rooms/join.ts'
import { kick } from './rooms/kick.ts'
import { leave } from './rooms/leave.ts'
import { messages } from './rooms/messages.ts'
import { mine } from './rooms/mine.ts'
import { mute } from './rooms/mute.ts'
import { participants } from './rooms/participants.ts'
import { preview } from './rooms/preview.ts'
import { publicList } from './rooms/public.ts'
import { reject } from './rooms/reject.ts'
import { rejectAll } from './rooms/reject-all.ts'
import { removeMessage } from './rooms/remove-message.ts'
import { role } from './rooms/role.ts'
import { settings } from './rooms/settings.ts'
import { takeBack } from './rooms/take-back.ts'
import { takeOver } from './rooms/take-over.ts'
import { transfer } from './rooms/transfer.ts'
import { unban } from './rooms/unban.ts'
import { unmute } from './rooms/unmute.ts'
import { createRouter } from './router.ts'
import { service } from './service.ts'

export const apiRoutes = [
  create,
  join,
  approve,
  reject,
  rejectAll,
  leave,
  kick,
  ban,
  unban,
  mute,
  unmute,
  role,
  transfer,
  acceptTransfer,
  takeOver,
  takeBack,
  askPause,
  settings,
  removeMessage,
  clearChat,
  deleteRoom,
  preview,
  detail,
  participants,
  heir,
  messages,
  audit,
  mine,
  publicList,
  service,
  health,
  openapi,
  asyncapi,
]

export const createHandler = (services: TellingServices<'api'>) => createRouter(apiRoutes, services)
