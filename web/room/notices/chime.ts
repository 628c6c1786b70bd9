/** Two soft notes, as hertz and the second at which each begins. */
const NOTES = [
  [659, 0],
  [880, 0.14],
] as const
const NOTE_SECONDS = 0.5
const LOUDNESS = 0.12

let context: AudioContext | undefined

/** A soft sound, made here: no file is loaded for it. A browser that was never touched keeps silent. */
export const chime = (): void => {
  context ??= new AudioContext()
  // Browsers start it asleep until the page is touched, and let it sleep again.
  if (context.state === 'suspended') void context.resume()
  for (const [hertz, after] of NOTES) {
    const begin = context.currentTime + after
    const tone = new OscillatorNode(context, { frequency: hertz })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, begin + NOTE_SECONDS)
    tone.connect(gain).connect(context.destination)
    tone.start(begin)
    tone.stop(begin + NOTE_SECONDS)
  }
}
