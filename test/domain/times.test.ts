import { expect, it } from 'vitest'
import * as times from '../../functions/domain/times.ts'
import { PING_PERIOD_MS } from '../../protocol/limits.ts'

const repeatedFor = times.REPEATED_AFTER_MS.reduce((sum, pause) => sum + pause, 0)

it.each([
  ['a slow save is told to everybody before the greeting looks for it', times.PROMPT_MS, times.SAVED_WITHIN_MS],
  ['a post is over before a leave follows its join', times.HANDOVER_MS, times.TOLD_WITHIN_MS],
  ['the first posts of a message are over before it is told anew', times.POST_WITHIN_MS, times.ABANDONED_AFTER_MS],
  [
    'a repair is over before what it tells is told anew',
    repeatedFor + times.REPEATED_AFTER_MS.length * times.POST_WITHIN_MS,
    times.UNTOLD_AFTER_MS,
  ],
  ['what nobody told is found by one look of several', times.LOOKED_EVERY_MS, times.UNTOLD_WITHIN_MS],
  ['a post of many takes no longer than one to a single socket', times.POST_WITHIN_MS, times.ANSWER_WITHIN_MS],
  ['the pauses of a greeting double up to a longest one', times.FIRST_PAUSE_MS, times.LONGEST_PAUSE_MS],
  ['a greeting is tried again within the time for it', times.LONGEST_PAUSE_MS, times.OPENS_WITHIN_MS],
  ['a socket opens before a 410 is believed', times.OPENS_WITHIN_MS, times.CERTAIN_AFTER_MS],
  ['a socket has opened before it counts as never greeted', times.CERTAIN_AFTER_MS, times.GREETED_WITHIN_MS],
  ['repetitions are over before the next PING', repeatedFor, PING_PERIOD_MS],
  ['a client sends a PING before its sign of life is due', PING_PERIOD_MS, times.NOTED_EVERY_MS],
  [
    'a sign of life is noted, with one PING lost, before its socket is over',
    times.NOTED_EVERY_MS + 2 * PING_PERIOD_MS,
    times.SILENT_AFTER_MS,
  ],
  ['sockets that are over are found before more of them are', times.LOOKED_EVERY_MS, times.SILENT_AFTER_MS],
  ['a silent socket is over before the gateway ends it', times.SILENT_AFTER_MS, times.LIFETIME_MS],
])('%s', (_, shorter, longer) => {
  expect(shorter).toBeLessThan(longer)
})
