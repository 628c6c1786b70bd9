import { describe, expect, it } from 'vitest'
import { environments, type FunctionName, readSettings } from '../../functions/middleware/configuration.ts'

const names = Object.keys(environments) as FunctionName[]
const message = {
  CORE_TABLE: 'core',
  CONNECTIONS_TABLE: 'connections',
  ROOM_IDLE_DAYS: '30',
  REPAIR_FUNCTION: 'repair',
  MESSAGE_DAYS: '30',
  START_LEAD_MILLISECONDS: '0',
  CHAT_BURST: '10',
  CHAT_REFILL_MILLISECONDS: '600',
  STAGE: 'prod',
}
const tokens = {
  CORE_TABLE: 'core',
  SIGNING_SECRET_ARN: 'arn',
  EDGE_SECRET_ARN: 'edge',
  TOKEN_HOURS: '1.5',
  STAGE: 'prod',
}
const audit = { AUDIT_DAYS: '90' }
const api = { ...message, ...tokens, ...audit, GUESTS_MAY_HOST: 'false', BAN_SHADOW_HOURS: '24' }

describe('readSettings', () => {
  it('gives a function its own variables as values, and no others', () => {
    expect(readSettings('message', { ...message, GUESTS_MAY_HOST: 'true', AWS_REGION: 'x' })).toEqual({
      ...{ CORE_TABLE: 'core', CONNECTIONS_TABLE: 'connections', ROOM_IDLE_DAYS: 30, MESSAGE_DAYS: 30 },
      REPAIR_FUNCTION: 'repair',
      STAGE: 'prod',
      ...{ START_LEAD_MILLISECONDS: 0, CHAT_BURST: 10, CHAT_REFILL_MILLISECONDS: 600 },
    })
    expect(readSettings('authorizer', tokens)).toEqual({ ...tokens, TOKEN_HOURS: 1.5 })
    expect(readSettings('api', api).GUESTS_MAY_HOST).toBe(false)
    expect(readSettings('api', { ...api, GUESTS_MAY_HOST: 'true' }).GUESTS_MAY_HOST).toBe(true)
  })

  it.each([
    ['a number that is missing', { CHAT_BURST: undefined }, 'CHAT_BURST is not set'],
    ['a number that is empty', { CHAT_BURST: '' }, 'CHAT_BURST is empty'],
    ['a number that is none', { CHAT_BURST: 'ten' }, 'CHAT_BURST must be a whole number'],
    ['a count that is negative', { MESSAGE_DAYS: '-1' }, 'MESSAGE_DAYS must be a whole number'],
    ['a count in parts', { MESSAGE_DAYS: '1.5' }, 'MESSAGE_DAYS must be a whole number'],
    ['a name that is empty', { CORE_TABLE: '' }, 'CORE_TABLE is empty'],
    [
      'two at once',
      { CORE_TABLE: undefined, MESSAGE_DAYS: 'x' },
      'CORE_TABLE is not set; MESSAGE_DAYS must be a whole number',
    ],
  ])('%s ends in one sentence', (_what, changed, wrong) => {
    expect(() => readSettings('message', { ...message, ...changed })).toThrow(
      new Error(`The function message cannot start, because of its environment: ${wrong}.`),
    )
  })

  it('quotes no value, which may be long or private', () => {
    expect(() => readSettings('api', { ...api, GUESTS_MAY_HOST: 'no', TOKEN_HOURS: '12h' })).toThrow(
      'The function api cannot start, because of its environment: ' +
        'TOKEN_HOURS must be a number; GUESTS_MAY_HOST must be true or false.',
    )
  })
})

it.each(names)(
  'the entry of %s does not load without its environment, and says which variable is missing',
  async (name) => {
    const [variable] = Object.keys(environments[name].shape)
    await expect(import(`../../functions/entries/${name}.ts`)).rejects.toThrow(
      `The function ${name} cannot start, because of its environment: ${variable} is not set`,
    )
  },
)
