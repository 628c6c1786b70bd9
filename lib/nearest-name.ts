/** How many letters have to be changed, added, left out, or swapped with their neighbour, to come from one to the other. */
const editsBetween = (from: string, to: string): number => {
  const rows = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0))
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (const [i, row] of rows.entries())
    for (const j of row.keys()) {
      const differs = from[i - 1] === to[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (i === 0 || j === 0) row[j] = i + j
      else
        row[j] = Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + differs,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        )
    }
  return at(from.length, to.length)
}

/** Of `names` the one that was most likely meant; undefined where none is near. Case, dashes and underscores do not count. */
export const nearestName = (typed: string, names: readonly string[]): string | undefined => {
  const plain = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase()
  const [nearest] = names
    .map((name) => ({ name, edits: editsBetween(plain(typed), plain(name)) }))
    .sort((a, b) => a.edits - b.edits)
  return nearest !== undefined && nearest.edits <= nearest.name.length / 3 ? nearest.name : undefined
}
