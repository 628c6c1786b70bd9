import { isMediaFile } from './file-kinds.ts'

const rewrites: readonly (readonly [host: RegExp, direct: (url: URL) => string | undefined])[] = [
  [
    // Documented by Dropbox: raw=1 leads past the page. Folders ("/sh/", "/scl/fo/") have no file to lead to.
    /^(?:www\.)?dropbox\.com$/,
    (url) => {
      if (!/^\/(?:s|scl\/fi)\//.test(url.pathname)) return undefined
      url.searchParams.delete('dl')
      url.searchParams.set('raw', '1')
      return url.href
    },
  ],
  [
    /^(?:www\.)?github\.com$/,
    ({ pathname }) => {
      const [, repository, file] = /^\/([^/]+\/[^/]+)\/blob\/(.+)$/.exec(pathname) ?? []
      return file && `https://raw.githubusercontent.com/${repository}/${file}`
    },
  ],
  [
    /^(?:www\.)?archive\.org$/,
    ({ pathname }) => {
      const [, file = ''] = /^\/(?:details|embed)\/([^/]+\/.+)$/.exec(pathname) ?? []
      return isMediaFile(file) ? `https://archive.org/download/${file}` : undefined
    },
  ],
  [
    // The page of a file in any language: "/wiki/File:Film.webm", "/wiki/Datei:Film.webm".
    /(?:^|\.)(?:wikimedia|wikipedia)\.org$/,
    (url) => {
      const [, name = ''] = /^\/wiki\/(?!Special:)[^/:]+:(.+)$/.exec(url.pathname) ?? []
      return isMediaFile(name) ? `${url.origin}/wiki/Special:FilePath/${name}` : undefined
    },
  ],
]

/** The address of the file itself, where the page about it has a known one. */
export const directFile = (url: URL): URL | undefined => {
  const [, direct] = rewrites.find(([host]) => host.test(url.hostname)) ?? []
  const address = direct?.(new URL(url.href))
  return address === undefined ? undefined : new URL(address)
}
