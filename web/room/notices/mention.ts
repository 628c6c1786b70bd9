const graphical = '[\\p{L}\\p{N}_]'

/** Signs of the syntax only: with the flag u an escape of any other, as of a hyphen, is an error. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/**
 * Whether somebody's name is said: as words of its own, with an @ or without, in any case.
 * @example isMentioned('@bo, look', 'Bo') === true
 * @example isMentioned('above all', 'Bo') === false
 */
export const isMentioned = (message: string, name: string): boolean => {
  const said = name.trim().normalize('NFKC')
  if (said === '') return false
  return new RegExp(`(?<!${graphical})${escaped(said)}(?!${graphical})`, 'iu').test(message.normalize('NFKC'))
}
