import { afterAll } from 'vitest'
import { setUp } from '../staging/set-up.ts'
import { type MediaServer, type MediaServerOptions, startMediaServer } from './server.ts'

/** One server of media for all tests of the file: it closes after the last. */
export const setUpMedia = (options: MediaServerOptions = {}): MediaServer => {
  const media = setUp(() => startMediaServer(options))
  afterAll(() => media.close?.())
  return media
}
