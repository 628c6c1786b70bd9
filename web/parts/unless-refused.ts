/** What `work` gives, or what stands for it where the browser refuses, as it does where cookies are blocked. */
export const unlessRefused = <T>(work: () => T, otherwise: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return otherwise()
  }
}
