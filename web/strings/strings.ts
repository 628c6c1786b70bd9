import { lasting } from '../parts/browser-storage.ts'
import { ChunkMissing, loadChunk } from '../parts/load-chunk.ts'
import { en } from './en.ts'

export type Strings = typeof en

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const KEPT_AS = 'streamit.language'

const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag)

const chosenLanguage = (): Language => {
  const wishes = [lasting.read(KEPT_AS) ?? '', ...navigator.languages]
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

/** Everything that the page says. Set once, before anything is drawn. */
export let strings: Strings = en
export let language: Language = 'en'

/** Browsers tell what the machine is set to, and that may be no language tag: `en-US@posix` where LANG is C.UTF-8. */
const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** The language as the person writes dates and times in it. */
export const locale = (): string =>
  navigator.languages.find((tag) => tag.startsWith(language) && isLanguageTag(tag)) ?? language

export const loadStrings = async (): Promise<void> => {
  language = chosenLanguage()
  strings = en
  if (language === 'de') {
    try {
      strings = (await loadChunk(() => import('./de.ts'))).de
    } catch (error) {
      // A page in English is better than none.
      if (!(error instanceof ChunkMissing)) throw error
      language = 'en'
    }
  }
  document.documentElement.lang = language
}

/** Told to the window where a language was chosen that a reload would forget. */
export const LANGUAGE_CHOSEN = 'streamit.language-chosen'

/** The page is loaded anew: a language is chosen once in a lifetime, so nothing has to follow it live. */
export const chooseLanguage = (tag: Language): void => {
  if (lasting.keep(KEPT_AS, tag)) location.reload()
  else dispatchEvent(new Event(LANGUAGE_CHOSEN))
}
