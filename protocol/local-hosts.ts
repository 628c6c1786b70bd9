// Without schemas, so that a page can read it.

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** This very machine: the only place where http will do, for the local runtime serves its sample there. */
export const isThisMachine = ({ hostname }: URL): boolean => LOCAL_HOSTS.has(hostname)
