const captionTracks = (element: HTMLVideoElement): TextTrack[] =>
  [...(element.textTracks ?? [])].filter(({ kind }) => kind === 'captions' || kind === 'subtitles')

export const captionsOf = (element: HTMLVideoElement): 'none' | 'off' | 'on' => {
  const tracks = captionTracks(element)
  if (tracks.length === 0) return 'none'
  return tracks.some(({ mode }) => mode === 'showing') ? 'on' : 'off'
}

/** On in the language of the page where the video has it, else in the first that it has. */
export const toggleCaptions = (element: HTMLVideoElement): void => {
  const tracks = captionTracks(element)
  const isOn = tracks.some(({ mode }) => mode === 'showing')
  const { lang } = document.documentElement
  const chosen = isOn ? undefined : (tracks.find(({ language }) => language.startsWith(lang)) ?? tracks[0])
  for (const track of tracks) track.mode = track === chosen ? 'showing' : 'disabled'
}
