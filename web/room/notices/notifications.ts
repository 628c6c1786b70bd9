/** Whether the browser has notifications at all: an iPhone has none for pages that are not installed. */
export const hasNotifications = (): boolean => 'Notification' in window

/** Whether they are allowed; asks where nobody was asked yet. Only from a click. */
export const allowNotifications = async (): Promise<boolean> =>
  hasNotifications() && (await Notification.requestPermission()) === 'granted'

/** One notification of the browser, which shows none where it is not allowed; a click on it leads back to the room. */
export const notify = (title: string, body: string): void => {
  if (!hasNotifications()) return
  try {
    const notification = new Notification(title, { body, icon: '/favicon.svg' })
    notification.onclick = () => {
      window.focus()
      notification.close()
    }
  } catch (error) {
    // Android takes them from service workers only, and says so by throwing.
    if (!(error instanceof TypeError)) throw error
  }
}
