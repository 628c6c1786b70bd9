import { MAX_MEDIA_TITLE_CHARACTERS } from '../../protocol/limits.ts'
import { isDrawn, madeReadable, stacksMarks } from '../../protocol/readable.ts'
import { isMediaFile, lastPart } from './file-kinds.ts'
import { decoded } from './pasted-text.ts'
import { isEmbed, type Source } from './source.ts'

/** Whole characters only: half an emoji is none. */
const cut = (text: string): string => {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > MAX_MEDIA_TITLE_CHARACTERS) break
    kept += character
  }
  return kept.trim()
}

/**
 * What a video is called until somebody knows better: the name of its file, without its ending. Null for embeds, and where
 * the address has no name to be shown.
 * @example titleOf({ kind: 'file', url: 'https://cdn.example/My%20Film.mp4' }) === 'My Film'
 */
export const titleOf = (source: Source): string | null => {
  if (isEmbed(source)) return null
  const url = new URL(source.url)
  // "download?file=film.mp4": the name is what ends like a file.
  const named = [...url.searchParams.values()].find((value) => isMediaFile(value)) ?? ''
  const inPath = decoded(lastPart(url))
  const name = isMediaFile(inPath) || named === '' ? inPath : named.replace(/^.*[/\\]/, '')
  const title = cut(madeReadable(name.replace(/(.)\.[a-z0-9]{1,5}$/i, '$1')))
  // The server would refuse the whole video for a name that draws over the lines above.
  return isDrawn(title) && !stacksMarks(title) ? title : null
}
