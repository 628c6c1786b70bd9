import { useState } from 'react'
import { mediaOfLink } from './media-of-link.ts'

/** A link that is being typed: `field` for its LinkField, `read` for what to tell the server, or what is wrong with it. */
export const useLink = (initial = '') => {
  const [value, setValue] = useState(initial)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (link: string) => {
    setProblem(null)
    setValue(link)
  }
  const read = async () => {
    const found = await mediaOfLink(value)
    if ('problem' in found) setProblem(found.problem)
    return found
  }
  return { field: { value, problem, onChange: change }, read }
}
