import { describe, expect, it } from 'vitest'
import type { FunctionName } from '../../functions/middleware/configuration.ts'
import { callsOf } from './source-calls.ts'
import { functionNames, readStack } from './stack-reading.ts'

const stack = readStack()

const actionsOn = (name: FunctionName, resource: RegExp): string[] =>
  stack
    .statements(name)
    .filter((statement) => statement.effect === 'Allow' && statement.resources.some((one) => resource.test(one)))
    .flatMap((statement) => statement.actions)
    .map((action) => action.replace('dynamodb:', ''))
    .sort()

const connectionMethods = (name: FunctionName): string[] =>
  stack
    .statements(name)
    .filter((statement) => statement.actions.includes('execute-api:ManageConnections'))
    .flatMap((statement) => statement.resources)
    .map((resource) => /\/prod\/([A-Z]+)\/@connections\/\*$/.exec(resource)?.[1] ?? resource)
    .sort()

describe.each(functionNames)('%s may do what its source does and nothing else', (name) => {
  const calls = callsOf(name)

  it('on the core table', () => {
    expect(actionsOn(name, /:table\/[\w-]*Core[\w-]*$/)).toEqual(calls.core)
  })

  it('on the index of the core table', () => {
    expect(actionsOn(name, /:table\/[\w-]*Core[\w-]*\/index\//)).toEqual(calls.index)
  })

  it('on the connections table', () => {
    expect(actionsOn(name, /:table\/[\w-]*Connections/)).toEqual(calls.connections)
  })

  it('on open sockets, method by method', () => {
    expect(connectionMethods(name)).toEqual(calls.methods)
  })

  it('on other functions and on the secret', () => {
    const others = stack
      .statements(name)
      .flatMap((statement) => statement.actions)
      .filter((action) => !/^(dynamodb|execute-api):/.test(action))
    const expected = [
      ...(calls.invokes ? ['lambda:InvokeFunction'] : []),
      ...(calls.readsSecret ? ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] : []),
    ]
    expect(others.sort()).toEqual(expected)
  })
})

describe('the policies of our functions', () => {
  const ours = functionNames.flatMap((name) => stack.statements(name))

  it('are found for every function', () => {
    for (const name of functionNames) expect(stack.statements(name), name).not.toEqual([])
  })

  it('hold no wildcard in an action, and no Scan', () => {
    const actions = ours.flatMap((statement) => statement.actions)
    expect(actions.filter((action) => action.includes('*') || action.endsWith(':Scan'))).toEqual([])
  })

  it('hold no wildcard in a resource but for the ids of connections', () => {
    const resources = ours.flatMap((statement) => statement.resources)
    expect(resources.filter((resource) => resource.replace(/\/@connections\/\*$/, '').includes('*'))).toEqual([])
  })

  it('invoke welcome from connect, repair from those who tell, the sweep from auth, and no other function', () => {
    const invokedBy = (name: FunctionName) =>
      stack
        .statements(name)
        .filter((statement) => statement.actions.includes('lambda:InvokeFunction'))
        .flatMap((statement) => statement.resources)
    const [welcome, repair, sweep] = ['Welcome', 'Repair', 'Sweep'].map((name) =>
      expect.stringMatching(new RegExp(`:function:\\S*${name}`)),
    )
    expect(invokedBy('connect').sort()).toEqual([repair, welcome])
    expect(invokedBy('auth').sort()).toEqual([repair, sweep])
    for (const name of ['api', 'admin', 'welcome', 'message', 'disconnect'] as const)
      expect(invokedBy(name), name).toEqual([repair])
    for (const name of ['authorizer', 'sweep', 'repair'] as const) expect(invokedBy(name), name).toEqual([])
  })
})

describe('the reading of sources', () => {
  it('sees what the functions that do most are known to do', () => {
    expect(callsOf('api').core).toContain('PutItem')
    expect(callsOf('connect')).toMatchObject({ methods: ['GET', 'POST'], invokes: true, readsSecret: false })
    expect(callsOf('sweep')).toMatchObject({ connections: [], index: ['Query'], methods: [] })
  })
})
