/** What each character looks like, as the code points of a text. */
export type Entries = ReadonlyMap<string, string>

const LINE = 110

const textOf = (codePoints: string): string =>
  String.fromCodePoint(
    ...codePoints
      .trim()
      .split(/\s+/)
      .map((hex) => Number.parseInt(hex, 16)),
  )

const hexOf = (text: string): string => [...text].map((letter) => letter.codePointAt(0)?.toString(16)).join('.')

/**
 * The entries of Unicode's confusables.txt: `0430 ;	0061 ;	MA	# comment`. Those that a normalised text never holds are left out,
 * because texts are normalised first.
 */
export const entriesIn = (confusables: string): Entries => {
  const entries = new Map<string, string>()
  for (const line of confusables.replace('\ufeff', '').split('\n')) {
    const [from = '', to = ''] = (line.split('#')[0] ?? '').split(';')
    if (from.trim() === '' || textOf(from) !== textOf(from).normalize('NFD')) continue
    entries.set(textOf(from), textOf(to))
  }
  return entries
}

/** The version that confusables.txt gives itself. @throws Error where it gives none */
export const versionIn = (confusables: string): string => {
  const version = /^# Version: (\S+)/m.exec(confusables)?.[1]
  if (version === undefined) throw new Error('This is not confusables.txt: it names no version.')
  return version
}

const wrapped = (words: readonly string[]): string[] => {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= LINE) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** The source of functions/domain/look-alikes.ts. */
export const lookAlikesSource = (entries: Entries, version: string): string => {
  const alike = new Map<string, string[]>()
  for (const [from, to] of entries) alike.set(to, [...(alike.get(to) ?? []), hexOf(from)])
  const words = [...alike].flatMap(([to, from]) => [`${hexOf(to)}=`, ...from])
  return `// Written by bin/write-look-alikes.ts: do not change it by hand. It is Unicode's confusables.txt (UTS #39), in another
// form: what a text looks like, then "=", then each character that looks like it, all in hexadecimal code points.
// Source: https://www.unicode.org/Public/security/${version}/confusables.txt
// Copyright 1991-2025 Unicode, Inc., Unicode-3.0: the notice is in docs/decisions/unicode-license.txt.

export const LOOK_ALIKES_VERSION = '${version}'

export const LOOK_ALIKES = \`
${wrapped(words).join('\n')}
\`
`
}
