import { synthesise } from '../../local/synthesise.ts'
import { drill } from './drill.ts'

// `npm run restore-drill`: loses a room's data on this machine, and proves that it can be restored.

const RESTORED = 'streamit-restored'

try {
  const began = performance.now()
  const say = (step: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${step}`)
  await drill({
    own: synthesise(),
    moved: synthesise({ context: { coreTable: RESTORED } }),
    restoredName: RESTORED,
    say,
  })
  console.log('The procedure works.')
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
