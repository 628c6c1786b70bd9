import { useEffect, useState } from 'react'
import { strings } from '../strings/strings.ts'
import { Icon } from './icon.tsx'

const SHOWN_FOR_MS = 2_000

export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  // Where a page is no secure one there is no clipboard: a promise refuses in that case, too.
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setOutcome('copied'),
        () => setOutcome('refused'),
      )
  const said = outcome === 'copied' ? strings.copied : outcome === 'refused' ? strings.copyRefused : label
  return (
    <button type="button" className="button copy-button" onClick={copy}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{said}</span>
    </button>
  )
}
