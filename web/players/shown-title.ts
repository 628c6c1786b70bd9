import type { Media } from '../../protocol/media.ts'
import { isSource, sourceAt } from './source.ts'
import { titleOf } from './title-of.ts'

/** What a room's video is called: its title, else its file's name, else nothing. */
export const formatTitle = ({ title, url }: Pick<Media, 'title' | 'url'>): string => {
  if (title !== null) return title
  const source = sourceAt(url)
  return isSource(source) ? (titleOf(source) ?? '') : ''
}
