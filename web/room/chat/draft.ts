/** What stands in the field: messages that the server refused, in the order in which they were sent, then what is typed. */
export type Draft = {
  text: string
  returned: readonly { order: number; message: string }[]
}

export const emptyDraft: Draft = { text: '', returned: [] }

const linesOf = (returned: Draft['returned']): string => returned.map(({ message }) => message).join('\n')

/** The draft with one more refused message; those whose text somebody has changed meanwhile count as typed. */
export const takeBack = ({ text, returned }: Draft, order: number, message: string): Draft => {
  const lines = linesOf(returned)
  const isUntouched = text === lines || text.startsWith(`${lines}\n`)
  const typed = isUntouched && lines !== '' ? text.slice(lines.length + 1) : text
  const kept = isUntouched ? returned : []
  const all = [...kept, { order, message }].sort((one, other) => one.order - other.order)
  return { text: [linesOf(all), typed].filter((part) => part !== '').join('\n'), returned: all }
}
