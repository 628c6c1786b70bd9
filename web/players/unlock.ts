/**
 * To be called within a click: some browsers let an element play later on its own only if it was started in a gesture
 * once. The engine starts it in step right after.
 */
export const unlock = (element: HTMLVideoElement): void => {
  const started: Promise<void> | undefined = element.play()
  // Pausing at once is what makes it reject; that it was allowed is all we wanted.
  started?.catch(() => {})
  element.pause()
}
