import type { TellingServices } from '../middleware/services.ts'
import { audit } from './admin/audit.ts'
import { banNetwork } from './admin/ban-network.ts'
import { banPerson } from './admin/ban-person.ts'
import { changeService } from './admin/change-service.ts'
import { endRoom } from './admin/end-room.ts'
import { flag } from './admin/flag.ts'
import { members } from './admin/members.ts'
import { mute } from './admin/mute.ts'
import { networks } from './admin/networks.ts'
import { now } from './admin/now.ts'
import { people } from './admin/people.ts'
import { person } from './admin/person.ts'
import { removeMember } from './admin/remove-member.ts'
import { removeMessage } from './admin/remove-message.ts'
import { resetLink } from './admin/reset-link.ts'
import { room } from './admin/room.ts'
import { rooms } from './admin/rooms.ts'
import { unbanNetwork } from './admin/unban-network.ts'
import { unbanPerson } from './admin/unban-person.ts'
import { unmute } from './admin/unmute.ts'
import { createRouter } from './router.ts'

export const adminRoutes = [
  now,
  rooms,
  room,
  members,
  people,
  person,
  networks,
  audit,
  endRoom,
  removeMessage,
  mute,
  unmute,
  removeMember,
  banPerson,
  unbanPerson,
  banNetwork,
  unbanNetwork,
  flag,
  resetLink,
  changeService,
]

export const createHandler = (services: TellingServices<'admin'>) => createRouter(adminRoutes, services)
