import { lasting } from '../../parts/browser-storage.ts'

const KEPT_AS = 'streamit.volume'

export type VolumeSetting = { volume: number; muted: boolean }

const readVolume = (): VolumeSetting => {
  const [volume, muted] = (lasting.read(KEPT_AS) ?? '').split(' ')
  const level = Number.parseFloat(volume ?? '')
  return { volume: level >= 0 && level <= 1 ? level : 1, muted: muted === 'muted' }
}

export const keepVolume = ({ volume, muted }: VolumeSetting): void => {
  lasting.keep(KEPT_AS, `${volume}${muted ? ' muted' : ''}`)
}

/** The next video sounds as the last one did. */
export const applyVolume = (element: HTMLVideoElement): void => {
  const { volume, muted } = readVolume()
  element.volume = volume
  element.muted = muted
}
