/** A part of the client that did not come. */
export class ChunkMissing extends Error {
  override name = 'ChunkMissing'
}

const AGAIN_AFTER_MS = 1_000

/** The file that did not come. All browsers but Safari say which one it was. */
const missingFile = (error: unknown): URL | null => {
  const said = error instanceof Error ? /https?:\/\/\S+$/.exec(error.message)?.[0] : undefined
  return said !== undefined && URL.canParse(said) ? new URL(said) : null
}

/** The bundler asks for a style sheet once only, and its link stays behind. */
const reloadStyles = ({ href }: URL): Promise<unknown> =>
  new Promise((resolve, reject) => {
    for (const link of document.querySelectorAll('link')) if (link.href === href) link.remove()
    const again = document.createElement('link')
    again.rel = 'stylesheet'
    again.href = href
    again.onload = resolve
    again.onerror = () => reject(new Error(`${href} did not come.`))
    document.head.append(again)
  })

/**
 * A part of the client that is loaded when it is needed. It is asked for once more where it did not come, because the
 * network may have been gone for a moment. A script is asked for under another address: browsers remember a failed one
 * for as long as the page is open.
 */
export const loadChunk = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await load()
  } catch (first) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
    const file = missingFile(first)
    const isStyle = file?.pathname.endsWith('.css') === true
    try {
      if (file !== null && isStyle) await reloadStyles(file)
      if (file === null || isStyle) return await load()
      file.searchParams.set('again', `${Date.now()}`)
      return (await import(/* @vite-ignore */ file.href)) as T
    } catch (cause) {
      throw new ChunkMissing('A part of the page was not loaded.', { cause })
    }
  }
}
