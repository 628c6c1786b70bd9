// A room's video may lie on any host, as the contract says: https, or http on this machine.
const media = "'self' https: http://localhost:* http://127.0.0.1:*"

/** What a page of the web client may load, and from where. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  // YouTube's player is driven through a script of theirs; it is only asked for by rooms that watch YouTube.
  "script-src 'self' https://www.youtube.com/iframe_api https://www.youtube.com/s/player/",
  // The players put <style> into their shadow roots.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  // hls.js and dash.js fetch by themselves, and hand the video over as blobs.
  `connect-src ${media}`,
  `media-src ${media} blob:`,
  "worker-src 'self' blob:",
  'frame-src https://www.youtube.com https://www.youtube-nocookie.com https://player.vimeo.com',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
