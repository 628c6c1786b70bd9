import { expect, it } from 'vitest'
import { csvOf, decisionsCsv } from '../../web/admin/audit/csv.ts'

it('quotes what would end a cell or a row, as RFC 4180 says', () => {
  expect(csvOf([['plain', 'a,b', 'say "hi"', 'two\nlines', '']])).toBe(
    '\uFEFFplain,"a,b","say ""hi""","two\nlines",\r\n',
  )
})

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ['a=1', 'a=1'],
])('no cell becomes a formula: %j', (cell, written) => {
  expect(csvOf([[cell]])).toBe(`\uFEFF${written}\r\n`)
})

it('writes a decision under the names of the contract', () => {
  const decision = {
    id: '01J',
    what: 'settings',
    by: '+Ana',
    by_id: 'ana',
    whom: null,
    whom_id: null,
    at: 0,
    outcome: 'done',
    changed: ['name', 'media'],
    is_admin: true,
    room: 'K7WQ3F',
    from: '192.0.2.0/24',
    detail: '=1+1, a note',
  } as const
  expect(decisionsCsv([{ ...decision, changed: [...decision.changed] }]).split('\r\n')).toEqual([
    '\uFEFFat,what,by,by_id,is_admin,whom,whom_id,room,changed,outcome,code,from,id,detail',
    '1970-01-01T00:00:00.000Z,settings,\'+Ana,ana,true,,,K7WQ3F,name media,done,,192.0.2.0/24,01J,"\'=1+1, a note"',
    '',
  ])
})
