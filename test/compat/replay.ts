import { vi } from 'vitest'
import { type Person, type Stage, startStage } from '../staging/stage.ts'
import { lastingTemplate } from './lasting-template.ts'
import { type Recorded, readRecorded } from './recorded.ts'
import { keyFolder } from './signing-key.ts'
import { putItems } from './tables.ts'

/** Today's stage on what a version left behind, at the moment at which it was left. */
export type Replay = {
  stage: Stage
  recorded: Recorded
  /** Somebody of the recording, with the token that they held. */
  person: (who: string) => Person
  /** The code of a room of the recording. */
  code: (room: string) => string
  /** Calls a function by its construct's id. */
  invoke: (id: string, event?: unknown) => Promise<unknown>
  close: () => Promise<void>
}

const given = <T>(record: Record<string, T>, name: string): T => {
  const found = record[name]
  if (found === undefined) throw new Error(`The recording has no ${name}.`)
  return found
}

export const replay = async (version: string): Promise<Replay> => {
  // Functions keep clients and signing keys for as long as they live, and each version has addresses and keys of its own.
  vi.resetModules()
  const recorded = readRecorded(version)
  const { cast, tokens, items } = recorded
  const key = keyFolder(tokens.signing_key)
  let began: number | undefined
  const clock = () => cast.instant + Math.floor(began === undefined ? 0 : performance.now() - began)
  const stage = await startStage({ template: lastingTemplate(), clock, stateFolder: key.stateFolder })
  await putItems(stage, items)
  began = performance.now()

  return {
    stage,
    recorded,
    person: (who) => {
      const { id, display_name } = given(cast.people, who)
      return { id, name: display_name, token: tokens.hold[who] ?? given(tokens.refused, who) }
    },
    code: (room) => given(cast.rooms, room).code,
    invoke: (id, event) => {
      const found = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
      return stage.runtime.invoke(found?.logicalId ?? id, event)
    },
    close: async () => {
      await stage.close()
      key.forget()
    },
  }
}
