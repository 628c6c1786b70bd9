import { setTimeout as wait } from 'node:timers/promises'
import { globalRuntime } from '../../client/index.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { holdToContract } from './hold-to-contract.ts'
import { PATIENCE_MS } from './venue.ts'

// The server itself: the functions' sources, the tables of the emulator, real sockets, and the time of this machine.

const stage = setUpStage()

const until = async (condition: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`No ${what} came.`)
    await wait(5)
  }
}

holdToContract({
  get origin() {
    return stage.runtime.url
  },
  makeRoom: async (media) => stage.room({ media }),
  newMember: (code, name) => stage.member(code, name),
  newPerson: (name) => stage.guest(name),
  newDevice: () => globalRuntime,
  serverNow: () => stage.services.clock(),
  until,
  emptyFor: async (milliseconds) => {
    await until(() => stage.runtime.connections().length === 0, 'end of the last socket')
    await stage.settled()
    stage.elapse(milliseconds)
  },
  idle: () => stage.settled(),
})
