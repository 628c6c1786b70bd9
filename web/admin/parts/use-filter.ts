import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

export type Filter<Name extends string> = Partial<Record<Name, string>>

/** What a list is narrowed to, as the page's address says it: a reload, and the way back, keep it. */
export const useFilter = <Name extends string>(
  names: readonly Name[],
): [filter: Filter<Name>, change: (filter: Filter<Name>) => void] => {
  const [params, setParams] = useSearchParams()
  const said = `${params}`
  const filter = useMemo(() => {
    const asked = new URLSearchParams(said)
    return Object.fromEntries(
      names.flatMap((name) => {
        const value = asked.get(name) ?? ''
        return value === '' ? [] : [[name, value]]
      }),
    ) as Filter<Name>
  }, [said, names])
  const change = (next: Filter<Name>) =>
    setParams(names.flatMap((name) => (next[name] === undefined || next[name] === '' ? [] : [[name, next[name]]])))
  return [filter, change]
}
