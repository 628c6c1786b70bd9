import type { TellingServices } from '../middleware/services.ts'
import { deleteAccount } from './auth/delete.ts'
import { guest } from './auth/guest.ts'
import { login } from './auth/login.ts'
import { logout } from './auth/logout.ts'
import { me } from './auth/me.ts'
import { name } from './auth/name.ts'
import { password } from './auth/password.ts'
import { refresh } from './auth/refresh.ts'
import { register } from './auth/register.ts'
import { reset } from './auth/reset.ts'
import { createRouter } from './router.ts'

export const authRoutes = [register, login, guest, logout, refresh, password, reset, name, deleteAccount, me]

export const createHandler = (services: TellingServices<'auth'>) => createRouter(authRoutes, services)
