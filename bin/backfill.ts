import { parseArgs } from 'node:util'
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { placeInDirectory } from '../functions/table/backfill.ts'
import { coreTableName, type Item, openTables, table } from '../functions/table/client.ts'
import { chooseTable, Mistake, runCommand } from './core-table.ts'

const USAGE = `Usage: npm run backfill -- [--table <core table>]

Gives rooms, people and decisions that a version before wrote their place in the directory of the administration. It may be
run at any time, also while people watch, and again: what has its place is left alone.
  --table  a deployed table (output CoreTableName), with your AWS credentials; otherwise the running local runtime`

/** As many writes at once as a table takes from one operator without slowing anybody else. */
const AT_ONCE = 20
const PAGE = 500

const parse = () => {
  try {
    return parseArgs({ options: { table: { type: 'string' }, help: { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

const placeAll = async (items: readonly Item[]): Promise<number> => {
  let written = 0
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const placed = await Promise.all(items.slice(start, start + AT_ONCE).map(placeInDirectory))
    written += placed.filter(Boolean).length
  }
  return written
}

await runCommand(async () => {
  const { table: named, help } = parse()
  if (help) return USAGE
  openTables({ core: chooseTable(named) })
  let [seen, written] = [0, 0]
  let from: Item | undefined
  do {
    // The only Scan of StreamIt: an operator's, and no function's.
    const page = await table.send(
      new ScanCommand({
        TableName: coreTableName(),
        Limit: PAGE,
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    )
    const items = page.Items ?? []
    seen += items.length
    written += await placeAll(items)
    from = page.LastEvaluatedKey
    if (from !== undefined) console.error(`${seen} items read, ${written} given their place ...`)
  } while (from !== undefined)
  return `${seen} items read, ${written} given their place.`
})
