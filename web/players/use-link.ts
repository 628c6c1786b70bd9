import { useRef, useState } from 'react'
import { strings } from '../strings/strings.ts'
import { type LinkedMedia, mediaOfLink, type ReadLink } from './media-of-link.ts'

/**
 * A link that is being typed. `field`: for its LinkField. `read`: answers what to tell the server, or null where the
 * person has to read something first, such as what is wrong with the link. `submitLabel`: for the button then.
 */
export const useLink = (initial = '') => {
  const [value, setValue] = useState(initial)
  const [found, setFound] = useState<ReadLink | null>(null)
  const latest = useRef(value)
  const change = (link: string) => {
    latest.current = link
    setFound(null)
    setValue(link)
  }
  const read = async (): Promise<LinkedMedia | { media: null } | null> => {
    // Who submits again has read the notice, and nobody has to look again.
    const isNoticed = found !== null && !('problem' in found)
    const result = isNoticed ? found : await mediaOfLink(value)
    // Somebody typed on meanwhile: what was found is of another link.
    if (latest.current !== value) return null
    if ('problem' in result || (result.notice !== null && !isNoticed)) {
      setFound(result)
      return null
    }
    const { notice: _, ...media } = result
    return media
  }
  const problem = found !== null && 'problem' in found ? found.problem : null
  const notice = found !== null && 'notice' in found ? found.notice : null
  return {
    field: { value, problem, notice, onChange: change },
    read,
    submitLabel: (usual: string): string => (notice === null ? usual : strings.link.useAnyway),
  }
}
