import type { LinkProblem } from './source.ts'

/** Links that open an app, as the address of the same page. */
export const forBrowsers = (address: string): string => {
  if (/^intent:/i.test(address)) {
    const [, page = ''] = /^intent:\/\/([^/#]+\.[^#]+)/i.exec(address) ?? []
    const [, fallback = ''] = /;S\.browser_fallback_url=([^;]+)/.exec(address) ?? []
    return page === '' ? (new URLSearchParams(`to=${fallback}`).get('to') ?? '') : `https://${page}`
  }
  return address
    .replace(/^(?:vnd\.)?youtube:(?:\/\/)?(?=[\w-]{11}(?:[?&#]|$))/i, 'https://youtu.be/')
    .replace(/^(?:vnd\.)?youtube:\/\/(?:www\.youtube\.com\/)?/i, 'https://www.youtube.com/')
    .replace(/^vimeo:\/\/(?:app\.vimeo\.com\/)?/i, 'https://vimeo.com/')
}

/** They lead to films as well, and no browser opens them. */
const OTHER_NETWORKS = /^(?:s?ftps?|rtsp[su]?|rtmp[a-z]*|mms[a-z]*|rtp|udp|srt|smb|nfs|webdavs?|wss?)$/i

/** Why an address that no web page can open does not play; undefined for the others. */
export const schemeProblem = (address: string): LinkProblem | undefined => {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(address) ?? []
  if (/^https?$/i.test(scheme)) return undefined
  if (/^(?:blob|filesystem|file|data|content)$/i.test(scheme)) return 'onThisDevice'
  if (/^magnet$/i.test(scheme)) return 'torrent'
  return OTHER_NETWORKS.test(scheme) ? 'notHttps' : 'notALink'
}
