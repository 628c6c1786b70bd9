import { AsyncLocalStorage } from 'node:async_hooks'

type Invocations = AsyncLocalStorage<{ logicalId: string; trace: string }>
// One for the whole process: the SDK keeps the first that it finds, and each test file loads this module anew.
const place = globalThis as { currentInvocation?: Invocations; awslambda?: unknown }

/** The invocation in which the current code runs, so that a test can tell whose call it watches. */
export const currentInvocation: Invocations = place.currentInvocation ?? new AsyncLocalStorage()
place.currentInvocation = currentInvocation

// As Lambda's own runtime does: the SDK asks this object which invocation a call belongs to.
place.awslambda = { InvokeStore: { getXRayTraceId: () => currentInvocation.getStore()?.trace } }
