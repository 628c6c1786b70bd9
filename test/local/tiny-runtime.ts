import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Runtime, type RuntimeOptions, startRuntime } from '../../local/runtime.ts'
import type { Template } from '../../local/template/template.ts'
import { tinyTemplate } from './tiny-stack.ts'

/** An event of any kind, as far as tests look into one. That what they look at is there is what they test. */
export type Event = {
  methodArn: string
  routeKey: string
  rawQueryString: string
  headers: Record<string, string>
  queryStringParameters: Record<string, string>
  body: string
  requestContext: {
    connectionId: string
    requestId: string
    routeKey: string
    messageId: string
    authorizer: Record<string, unknown>
    identity: { sourceIp: string }
    disconnectStatusCode: number
  }
  n: number
  fail: boolean
}
type Handler = (event: Event) => unknown
type Handlers = Partial<Record<string, Handler>>

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'streamit-local-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder of assets: `{ 'message/index.mjs': code }` becomes `asset.message/index.mjs`. */
export const writeAssets = (files: Record<string, string | Buffer>): string => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'asset.pages'))
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, `asset.${name}`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return folder
}

/** What functions were called with, and a way to wait for the next of it. */
const createRecorder = () => {
  const events: { fn: string; event: Event }[] = []
  const waiting = new Set<() => void>()
  return {
    record: (fn: string, event: Event) => {
      events.push({ fn, event })
      for (const wake of waiting) wake()
    },
    all: (fn: string): Event[] => events.filter((each) => each.fn === fn).map((each) => each.event),
    /** The `count`th event of a function, as soon as it is there. */
    nth: (fn: string, count: number): Promise<Event> =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.filter((each) => each.fn === fn)[count - 1]
          if (found === undefined) return
          waiting.delete(look)
          resolve(found.event)
        }
        waiting.add(look)
        look()
      }),
  }
}

/** What an authorizer answers to let somebody in. */
export const allow = (event: Pick<Event, 'methodArn'>, context: Record<string, unknown> = {}, effect = 'Allow') => ({
  principalId: 'ana',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: event.methodArn }],
  },
  context,
})

const house: Record<string, Handler> = {
  Authorizer: (event) => allow(event, { userId: 'u1', room: 'ABC' }),
  Connect: () => ({ statusCode: 200 }),
  Message: () => ({ statusCode: 200 }),
  Disconnect: () => ({ statusCode: 200 }),
  Http: () => ({ ok: true }),
  Background: () => null,
}

/** `edit`: what to set in the template, by path below Resources; undefined takes away. */
type TinyOptions = Partial<RuntimeOptions> & { handlers?: Handlers; edit?: Record<string, unknown> }

const setIn = (target: object, [name = '', ...rest]: string[], value: unknown): void => {
  if (rest.length > 0) setIn(Reflect.get(target, name), rest, value)
  else if (value === undefined || value === false) Reflect.deleteProperty(target, name)
  else Reflect.set(target, name, value)
}

/** The tiny stack on the local runtime, its functions being functions of the test. Closed after the test. */
export const startTiny = async ({ handlers = {}, edit = {}, ...options }: TinyOptions = {}) => {
  const template: Template = tinyTemplate()
  for (const [path, value] of Object.entries(edit)) setIn(template.Resources, path.split('.'), value)
  const recorder = createRecorder()
  const runtime: Runtime = await startRuntime({
    template,
    assets: options.assets ?? writeAssets({}),
    // Nobody asks for it unless a test gives a real one.
    dynamodb: 'http://127.0.0.1:9',
    invoker: () => ({
      invoke: async (fn, payload) => {
        const event = payload as Event
        recorder.record(fn.logicalId, event)
        return (handlers[fn.logicalId] ?? house[fn.logicalId])?.(event)
      },
      close: async () => {},
    }),
    ...options,
  })
  onTestFinished(runtime.close)
  return { runtime, recorder, environment: environmentIn(runtime) }
}

const environmentIn = (runtime: Runtime) => (logicalId: string) =>
  runtime.functions.find((fn) => fn.logicalId === logicalId)?.environment ?? {}
