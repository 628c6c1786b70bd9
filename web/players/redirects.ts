/** Pages that only send people on: their host, their path, and the parameters that may hold where to. */
const REDIRECTS: readonly (readonly [host: RegExp, path: RegExp, params: readonly string[]])[] = [
  [
    /(?:^|\.)youtube\.com$/,
    /^\/(?:redirect|attribution_link|oembed|signin|supported_browsers)/,
    ['q', 'u', 'url', 'next', 'next_url'],
  ],
  [/^(?:accounts|consent)\.(?:google|youtube)\.[a-z.]+$/, /^\//, ['continue']],
  [/(?:^|\.)google\.[a-z.]+$/, /^\/(?:url|imgres)/, ['q', 'url', 'imgrefurl']],
  [/(?:^|\.)(?:(?:facebook|instagram|messenger|threads)\.com|threads\.net)$/, /^\/(?:l\.php|flx\/warn)?\/?$/, ['u']],
  [/(?:^|\.)tiktok\.com$/, /^\/link\//, ['target']],
  [/^deref-(?:gmx|web)(?:-\d+)?\.[a-z]+$/, /^\//, ['redirectUrl']],
  [/^statics\.teams\.cdn\.office\.net$/, /^\/.*safelinks/, ['url']],
  [/(?:^|\.)linkedin\.com$/, /^\/(?:safety\/go|redir\/redirect)/, ['url']],
  [/^(?:out|click)\.reddit\.com$|(?:^|\.)slack-redir\.net$|\.safelinks\.protection\.outlook\.com$/, /^\//, ['url']],
  [/(?:^|\.)(?:steamcommunity\.com)$/, /^\/linkfilter/, ['url', 'u']],
  [/(?:^|\.)vk\.com$/, /^\/away/, ['to']],
  [/^t\.umblr\.com$/, /^\//, ['z']],
  [/(?:^|\.)duckduckgo\.com$/, /^\/l\//, ['uddg']],
  [/(?:^|\.)vimeo\.com$/, /^\/api\/oembed/, ['url']],
  [/^cdn\.embedly\.com$/, /^\/widgets/, ['src', 'url']],
]
const MOST_REDIRECTS = 4

const targetOf = (url: URL): URL | undefined => {
  const [, , params = []] = REDIRECTS.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname)) ?? []
  for (const name of params) {
    const target = url.searchParams.get(name)
    // Some say only the path on their own host. Google leaves one of its two parameters empty.
    if (target && URL.canParse(target, url.href)) return new URL(target, url.href)
  }
  return undefined
}

/** Where an address leads in the end, as far as it says so itself. */
export const unwrapped = (url: URL, left = MOST_REDIRECTS): URL => {
  const target = left === 0 ? undefined : targetOf(url)
  return target === undefined ? url : unwrapped(target, left - 1)
}
