import type { TellingServices } from '../middleware/services.ts'
import { depart } from '../presence/depart.ts'
import { handlingOnly } from './handling-only.ts'

export const createHandler = (services: TellingServices<'disconnect'>) =>
  handlingOnly('DISCONNECT', services, async (socket) => {
    await depart(socket.code, [socket], 'closed', services)
    return { statusCode: 200 }
  })
