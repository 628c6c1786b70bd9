import { describe, expect, it } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'

// What a sentence must not say, because it is not so.
describe.each(Object.entries({ en, de }))('%s', (_language, strings) => {
  it('the invitation counts who is there: a room without a video has nobody who watches', () => {
    for (const count of [0, 1, 2]) expect(strings.invite.viewers(count)).not.toMatch(/watch|schau/i)
  })

  it('who was removed does not have to ask: in an open room nobody does', () => {
    expect(strings.ended.kicked.text).not.toMatch(/\bask|anklopf|bitte|frag/i)
  })

  it('who was removed or muted, or whose room ended, is not told that its host did it', () => {
    const { kicked, room_deleted } = strings.ended
    for (const text of [kicked.text, room_deleted.text, strings.refusals.muted, strings.refusals.kicked])
      expect(text).not.toMatch(/host|leitung/i)
  })

  it('a new password is also shown where people are invited', () => {
    expect(strings.settings.passwordOnce).toContain(strings.room.invite)
    expect(strings.settings.passwordOnce).not.toMatch(/only here|nur hier/i)
  })
})
