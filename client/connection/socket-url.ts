/**
 * The address of a room's socket below the origin of the API.
 * @example socketUrlBelow('https://streamit.example')('K7WQ3F', 'token')
 * // 'wss://streamit.example/ws/room/K7WQ3F/?token=token'
 */
export const socketUrlBelow = (origin: string) => (code: string, token: string) =>
  `${origin.replace(/^http/, 'ws')}/ws/room/${encodeURIComponent(code)}/?token=${encodeURIComponent(token)}`
