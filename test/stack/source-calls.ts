import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { type FunctionName, functionEntries } from '../../lib/bundle.ts'

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
  /** Environment variables, those with the tables' names where it calls the table. */
  variables: string[]
}

/** The source behind one function, without packages and without what it cannot reach, split at its top level. */
const statementsOf = (name: FunctionName): string[] => {
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
  const code = outputFiles.map((file) => file.text).join('\n')
  return code.split(/\n(?=(?:async|class|const|export|function|import|let|var)\b|\/\/)/)
}

// Names that two files share get a number from esbuild. One call is one action; a TransactWriteItems needs the actions of what stands in it.
const tableCalls: Record<string, RegExp> = {
  BatchGetItem: /new BatchGetCommand\d*\(/,
  BatchWriteItem: /new BatchWriteCommand\d*\(/,
  ConditionCheckItem: /\bConditionCheck: \{/,
  DeleteItem: /new DeleteCommand\d*\(|\bDelete: \{/,
  GetItem: /new GetCommand\d*\(/,
  PutItem: /new PutCommand\d*\(|\bPut: \{/,
  Query: /new QueryCommand\d*\(|(?<![.\w])queryAll\d*\(/,
  Scan: /new ScanCommand\d*\(/,
  UpdateItem: /new UpdateCommand\d*\(|(?<![.\w])update\d*\(|\bUpdate: \{/,
}

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
  const code = statements.join('\n')
  const on = (mark: RegExp, but?: RegExp) =>
    sorted(
      statements
        .filter((statement) => mark.test(statement) && but?.test(statement) !== true)
        .flatMap((statement) => namesIn(tableCalls, statement)),
    )
  const core = on(/coreTableName\(\)/, /\bIndexName:/)
  // A key that names the connections table stands for the BatchGetItem that reads it beside the core table.
  const connections = on(/connectionsTableName\(\)/).concat(
    /\bpresenceItemKey\d* = /.test(code) ? ['BatchGetItem'] : [],
  )
  return {
    core,
    connections: sorted(connections),
    index: on(/\bIndexName:/),
    methods: namesIn(methodCalls, code),
    invokes: /new InvokeCommand\d*\(/.test(code),
    readsSecret: /new GetSecretValueCommand\d*\(/.test(code),
    variables: sorted([
      ...[...code.matchAll(/process\.env\.(\w+)/g)].flatMap(([, variable = '']) => variable),
      ...(core.length > 0 ? ['CORE_TABLE'] : []),
      ...(connections.length > 0 ? ['CONNECTIONS_TABLE'] : []),
    ]),
  }
}
