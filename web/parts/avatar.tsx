const HUES = 12

/** The same hue for the same person everywhere; two people may share one. */
const hueOf = (id: string): number => {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return (sum % HUES) * (360 / HUES)
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A person's initial on their colour. Decoration: the name stands beside it. */
export const Avatar = ({ id, name }: { id: string; name: string }) => {
  const [first] = graphemes.segment(name.trim())
  return (
    <span className="avatar" aria-hidden="true" style={{ '--hue': hueOf(id) }}>
      {first?.segment.toUpperCase()}
    </span>
  )
}
