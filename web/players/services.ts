/** They let nobody show their films elsewhere. */
const CLOSED: Record<string, string> = {
  Netflix: 'netflix.com',
  'Prime Video': 'primevideo.com',
  'Disney+': 'disneyplus.com',
  Max: 'max.com hbomax.com',
  Hulu: 'hulu.com',
  'Apple TV+': 'tv.apple.com',
  'Apple Music': 'music.apple.com',
  'Paramount+': 'paramountplus.com',
  Peacock: 'peacocktv.com',
  Crunchyroll: 'crunchyroll.com',
  Spotify: 'spotify.com spotify.link',
  Tidal: 'tidal.com',
  Deezer: 'deezer.com',
  'Discovery+': 'discoveryplus.com',
  Starz: 'starz.com',
  MUBI: 'mubi.com',
  DAZN: 'dazn.com',
  WOW: 'wowtv.de',
  NOW: 'nowtv.com',
  'RTL+': 'plus.rtl.de',
  Joyn: 'joyn.de joyn.at joyn.ch',
  HIDIVE: 'hidive.com',
  Viki: 'viki.com',
  iQIYI: 'iq.com iqiyi.com',
  Hotstar: 'hotstar.com',
  SonyLIV: 'sonyliv.com',
  ZEE5: 'zee5.com',
  'Canal+': 'canalplus.com',
  Sky: 'sky.com sky.de sky.at sky.ch sky.it skyshowtime.com',
  'Rakuten TV': 'rakuten.tv',
  'Pluto TV': 'pluto.tv',
  Tubi: 'tubitv.com',
  Shudder: 'shudder.com',
  'Criterion Channel': 'criterionchannel.com',
  Nebula: 'nebula.tv nebula.app',
  'Google Play': 'play.google.com',
}

/** They have a player of their own, which the rooms do not know. */
const OWN_PLAYER: Record<string, string> = {
  Twitch: 'twitch.tv',
  Dailymotion: 'dailymotion.com dai.ly',
  TikTok: 'tiktok.com',
  Facebook: 'facebook.com fb.watch fb.com',
  Instagram: 'instagram.com',
  Threads: 'threads.net threads.com',
  X: 'x.com twitter.com',
  SoundCloud: 'soundcloud.com',
  Bilibili: 'bilibili.com b23.tv',
  Niconico: 'nicovideo.jp nico.ms',
  Rumble: 'rumble.com',
  Odysee: 'odysee.com',
  Kick: 'kick.com',
  VK: 'vk.com vkvideo.ru',
  Rutube: 'rutube.ru',
  Reddit: 'reddit.com redd.it',
  Streamable: 'streamable.com',
  Loom: 'loom.com',
  LinkedIn: 'linkedin.com',
  Pinterest: 'pinterest.com pin.it',
  Snapchat: 'snapchat.com',
  'ARD Mediathek': 'ardmediathek.de',
  ZDF: 'zdf.de',
  ARTE: 'arte.tv',
  TED: 'ted.com',
  'OK.ru': 'ok.ru',
  Telegram: 't.me telegram.me',
  Bluesky: 'bsky.app',
  Zoom: 'zoom.us',
}

/** They keep files and show a page about each. */
const FILE_PAGES: Record<string, string> = {
  'Google Drive': 'drive.google.com docs.google.com',
  'Google Photos': 'photos.google.com photos.app.goo.gl',
  Dropbox: 'dropbox.com',
  OneDrive: '1drv.ms onedrive.live.com sharepoint.com',
  iCloud: 'icloud.com',
  MEGA: 'mega.nz mega.io',
  WeTransfer: 'wetransfer.com we.tl',
  MediaFire: 'mediafire.com',
  'Internet Archive': 'archive.org',
  Wikimedia: 'wikimedia.org wikipedia.org',
}
/** Paths of theirs behind which there may be a file all the same. */
const FILE_PATHS = /^\/(?:uc|download|wikipedia)(?:\/|$)/

const byDomain = (services: Record<string, string>): Map<string, string> =>
  new Map(Object.entries(services).flatMap(([name, domains]) => domains.split(' ').map((domain) => [domain, name])))

const closed = byDomain(CLOSED)
const ownPlayer = byDomain(OWN_PLAYER)
const filePages = byDomain(FILE_PAGES)

/** Those that are a part of something larger: whose hosts, and below which paths. Amazon has a host for each country. */
const CLOSED_PARTS: readonly (readonly [name: string, host: RegExp, path: RegExp])[] = [
  ['Prime Video', /(?:^|\.)amazon\.(?:com?\.)?[a-z]{2,3}$/, /^\/(?:-\/[a-z]+\/)?(?:gp\/video|video)(?:\/|$)/],
  ['Prime Video', /^watch\.amazon\.(?:com?\.)?[a-z]{2,3}$/, /^\//],
  ['BBC iPlayer', /(?:^|\.)bbc\.co\.uk$/, /^\/iplayer(?:\/|$)/],
]

const nameOf = (services: Map<string, string>, { hostname, pathname }: URL): string | undefined => {
  const [part] = CLOSED_PARTS.find(([, host, path]) => host.test(hostname) && path.test(pathname)) ?? []
  if (services === closed && part !== undefined) return part
  const labels = hostname.split('.')
  return labels.map((_, index) => services.get(labels.slice(index).join('.'))).find((name) => name !== undefined)
}

export type ServiceProblem = 'closedService' | 'ownPlayer' | 'filePage'

/** The service that an address is of, and why nothing of it plays here; undefined for an address of nobody known. */
export const serviceOf = (url: URL): { name: string; problem: ServiceProblem } | undefined => {
  const lists = [
    ['closedService', closed],
    ['ownPlayer', ownPlayer],
    ['filePage', FILE_PATHS.test(url.pathname) ? new Map<string, string>() : filePages],
  ] as const
  return lists
    .map(([problem, services]) => ({ problem, name: nameOf(services, url) }))
    .find((service): service is { name: string; problem: ServiceProblem } => service.name !== undefined)
}
