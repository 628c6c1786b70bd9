const LENGTH = 6

/**
 * The room code in what somebody typed or pasted: the code itself, with spaces or dashes, or a whole invite link. Whether
 * such a room exists is the server's to say.
 * @example codeIn('https://streamit.example/r/k7wq3f') === 'K7WQ3F'
 */
export const codeIn = (typed: string): string | undefined => {
  const [, linked] = /\/r\/([a-z0-9]+)/i.exec(typed) ?? []
  const code = (linked ?? typed).replace(/[\s-]/g, '').toUpperCase()
  return code.length === LENGTH && /^[A-Z0-9]+$/.test(code) ? code : undefined
}
