import { vi } from 'vitest'

// Test files share a process, and with it the SDK and the compiler, which take long to load. Modules of our own each file
// loads anew: functions begin cold, and nothing is left of the file before.
vi.resetModules()
vi.unstubAllEnvs()
vi.unstubAllGlobals()
vi.restoreAllMocks()
vi.useRealTimers()
