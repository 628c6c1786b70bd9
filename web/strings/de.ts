import type { Strings } from './strings.ts'
export const de = {} as Strings
