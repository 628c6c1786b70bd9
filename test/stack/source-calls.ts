import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { FunctionName } from '../../functions/middleware/configuration.ts'
import { functionEntries } from '../../lib/bundle.ts'

const root = join(import.meta.dirname, '..', '..')

/** What a function's code can reach: actions on tables, methods of @connections, and the other services. */
export type Calls = {
  core: string[]
  connections: string[]
  /** Actions on an index of the core table. */
  index: string[]
  methods: string[]
  invokes: boolean
  readsSecret: boolean
}

type Statement = { file: string; code: string }

/** The source behind one function, without packages and without what it cannot reach, split at its top level. */
const statementsOf = (name: FunctionName): Statement[] => {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [functionEntries[name]],
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    write: false,
  })
  const bundle = outputFiles.map((file) => file.text).join('\n')
  let file = ''
  return bundle.split(/\n(?=(?:async|class|const|export|function|import|let|var)\b|\/\/)/).map((code) => {
    // esbuild names every file in a comment before its code.
    file = /^\/\/ (\S+\.ts)/.exec(code)?.[1] ?? file
    return { file, code }
  })
}

/** What carries calls out for others. It is counted where it is asked for. */
const means = ['functions/table/change.ts', 'functions/table/client.ts']

// Names that two files share get a number from esbuild. One call is one action; a transaction needs the actions of what stands in it.
const tableCalls: Record<string, RegExp> = {
  BatchGetItem: /(?<![.\w])itemsTogether\d*\(/,
  BatchWriteItem: /new BatchWriteCommand\d*\(/,
  ConditionCheckItem: /(?<![.\w])checking\d*\(/,
  DeleteItem: /(?<![.\w])(?:remove|deleting)\d*\(/,
  GetItem: /(?<![.\w])itemAt\d*\(/,
  PutItem: /(?<![.\w])(?:put|putting)\d*\(/,
  Query: /new QueryCommand\d*\(|(?<![.\w])(?:itemsBeginning|queryAll)\d*\(/,
  Scan: /new ScanCommand\d*\(/,
  UpdateItem: /(?<![.\w])(?:change|updating)\d*\(/,
}
/** Keys of the connections table; every other key is one of the core table. */
const ofConnections = /connectionsTableName\(\)|presence(?:Item)?Key(?:Of)?\d*\(/

const methodCalls: Record<string, RegExp> = {
  DELETE: /new DeleteConnectionCommand\d*\(/,
  GET: /new GetConnectionCommand\d*\(/,
  POST: /new PostToConnectionCommand\d*\(/,
}

const namesIn = (calls: Record<string, RegExp>, code: string): string[] =>
  Object.entries(calls)
    .filter(([, pattern]) => pattern.test(code))
    .map(([name]) => name)

const sorted = (names: string[]): string[] => [...new Set(names)].sort()

/** Read from the source, so that a grant without a call, or a call without a grant, shows. Relies on one table per top-level function. */
export const callsOf = (name: FunctionName): Calls => {
  const statements = statementsOf(name)
  const code = statements.map((statement) => statement.code).join('\n')
  const calling = statements.filter(({ file }) => !means.includes(file)).map((statement) => statement.code)
  const actionsWhere = (isCounted: (statement: string) => boolean) =>
    sorted(calling.filter(isCounted).flatMap((statement) => namesIn(tableCalls, statement)))
  const isOnIndex = (statement: string) => /\bIndexName:/.test(statement)
  // Several keys in one BatchGetItem may be of both tables.
  const isOnBoth = (statement: string) => /(?<![.\w])itemsTogether\d*\(/.test(statement)
  const core = actionsWhere(
    (statement) => !isOnIndex(statement) && (!ofConnections.test(statement) || isOnBoth(statement)),
  )
  const connections = actionsWhere((statement) => ofConnections.test(statement))
  return {
    core,
    connections,
    index: actionsWhere(isOnIndex),
    methods: namesIn(methodCalls, code),
    invokes: /new InvokeCommand\d*\(/.test(code),
    readsSecret: /new GetSecretValueCommand\d*\(/.test(code),
  }
}
