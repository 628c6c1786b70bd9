import { AsyncLocalStorage } from 'node:async_hooks'

/** The invocation in which the current code runs, so that a test can tell whose call it watches. */
export const currentInvocation = new AsyncLocalStorage<{ logicalId: string; trace: string }>()

// As Lambda's own runtime does: the SDK asks this object which invocation a call belongs to.
Object.assign(globalThis, { awslambda: { InvokeStore: { getXRayTraceId: () => currentInvocation.getStore()?.trace } } })
