/** Ends the process with 0 where the measured aims are met, with 1 where one is missed or nothing could be measured. */
export const exitWhere = async (isMet: () => Promise<boolean>): Promise<void> => {
  try {
    process.exitCode = (await isMet()) ? 0 : 1
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  }
}
