const VIDEO = 'mp4|m4v|webm|ogv|ogg|mov'
const AUDIO = 'mp3|m4a|m4b|aac|opus|oga|wav|flac|weba'
/** Some browsers play some of these. */
const OTHER = 'mkv|3gp|3g2|ts|m2ts|mts|mpg|mpeg|avi|wmv|flv|asf|divx|vob|rm|rmvb|f4v'
const STREAM = 'm3u8|mpd'

const endsIn = (kinds: string) => new RegExp(`\\.(?:${kinds})$`, 'i')
const PLAYED = endsIn(`${VIDEO}|${AUDIO}`)
const SOUND = endsIn(AUDIO)
const ANY = endsIn(`${VIDEO}|${AUDIO}|${OTHER}|${STREAM}`)

/** The end of a media file's name, for use within a larger pattern. */
export const mediaEnding = `\\.(?:${VIDEO}|${AUDIO}|${OTHER}|${STREAM})`

/** The last part of the path. Servers put sessions behind a semicolon: they are no part of the name. */
export const lastPart = ({ pathname }: URL): string => pathname.replace(/;[^/]*$/, '').replace(/^.*\//, '')

export const isPlayedFile = (url: URL): boolean => PLAYED.test(lastPart(url))

/** A file that is all sound, by its name. */
export const isSoundFile = (url: URL): boolean => SOUND.test(lastPart(url))

/** A file of any kind that holds pictures or sound, whether browsers play it or not. */
export const isMediaFile = (name: string): boolean => ANY.test(name)

/** The "(format=…)" is how Azure and its like name their manifests. */
export const isHls = (url: URL): boolean => /\.m3u8$|\(format=m3u8/i.test(lastPart(url))
export const isDash = (url: URL): boolean => /\.mpd$|\(format=mpd/i.test(lastPart(url))
