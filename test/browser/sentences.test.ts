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

  it('what a co-host may have done is not put down to the host', () => {
    const { ended, invite, refusals } = strings
    const told = [
      ended.banned.text,
      ended.rejected.text,
      invite.recentBan,
      invite.changed,
      invite.waiting,
      invite.locked,
    ]
    for (const text of [...told, refusals.room_locked, refusals.rejected]) expect(text).not.toMatch(/host|leitung/i)
  })

  it('who drives while the host is away depends on who is here and on whether everybody may', () => {
    const told = (['you', 'cohosts', 'nobody'] as const).map((meanwhile) => strings.stage.away('Hana', meanwhile))
    expect(new Set(told).size).toBe(3)
    for (const text of told) expect(text).toContain('Hana')
    for (const text of told.slice(0, 2)) expect(text).not.toMatch(/nobody|niemand/i)
  })

  it('nobody is said to drive alone where others drive as well', () => {
    const names = ['Hana', 'Bo', 'Cleo', 'Dee']
    const { driving, emptyNote, overNote } = strings.stage
    for (const sentence of [driving, emptyNote, overNote, strings.controls.drives]) {
      for (const name of names.slice(0, 2)) expect(sentence(names)).toContain(name)
      expect(sentence(names)).toMatch(/2 (more|weitere)/)
      expect(sentence(['Hana'])).not.toEqual(sentence(['Hana', 'Bo']))
    }
    expect(strings.help.hostOnly).toMatch(/co-hosts|co-leitung/i)
  })

  it('a new password is also shown where people are invited', () => {
    expect(strings.settings.passwordOnce).toContain(strings.room.invite)
    expect(strings.settings.passwordOnce).not.toMatch(/only here|nur hier/i)
  })
})
