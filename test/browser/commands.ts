import type { BrowserContextOptions, Page } from 'playwright-core'
import { en } from '../../web/strings/en.ts'
import type { House } from './house.ts'

type Noting = { commands: string[] }

/** Notes what a page tells the room's playback. Not every driver tells what goes over a socket. */
const noteCommands = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const commands: string[] = []
    Object.assign(window, { commands })
    const { send } = WebSocket.prototype
    WebSocket.prototype.send = function (data) {
      const { type } = JSON.parse(`${data}`)
      if (['PLAY', 'PAUSE', 'SEEK'].includes(type)) commands.push(type)
      return send.call(this, data)
    }
  })
}

/** A host in a room whose video stands still, and what their page has commanded. */
export const enterAsHost = async (house: House, options?: BrowserContextOptions) => {
  const media = { url: house.sample, title: 'Film', duration: 180 }
  const { code, host } = await house.stage.room({ media })
  const { page } = await house.arrive(host, options)
  await noteCommands(page)
  await page.goto(`${house.url}/r/${code}`)
  await page.getByRole('button', { name: en.controls.play, exact: true }).waitFor()
  await page.locator('.sync-badge[data-status=paused]').waitFor()
  const commands = () => page.evaluate(() => (window as unknown as Noting).commands)
  return { page, commands, code, host }
}

export const middleOf = async (page: Page, selector: string): Promise<{ x: number; y: number }> => {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not to be seen.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
