/** What went wrong and where to look, in sentences for whoever has just deployed. */
export class Trouble extends Error {
  /** Where the service refused: the code of the refusal. */
  readonly code: string | undefined
  constructor(sentence: string, code?: string) {
    super(sentence)
    this.code = code
  }
}

/** Where a function's faults stand. CDK makes up the rest of the group's name. */
export const logOf = (...functions: string[]): string => {
  const groups = functions.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Logs`).join(' and ')
  const those = functions.length === 1 ? `the function ${functions[0]}` : `the functions ${functions.join(' and ')}`
  return `Look at the log of ${those}: "${groups}" is in the name of the log group. With npm start, look at its terminal.`
}

/** Every wait ends: with what it waited for, or with trouble. */
export const within = async <Result>(
  work: Promise<Result>,
  milliseconds: number,
  late: () => Trouble,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined
  const ending = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds)
  })
  try {
    return await Promise.race([work, ending])
  } finally {
    clearTimeout(timer)
  }
}
