import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

it('a room’s link shows a card with a picture at an absolute address, and nothing of the room', async () => {
  const { code, host } = await stage.room({ name: 'Our secret evening' }, 'Hannelore')
  const page = await (await fetch(`${stage.runtime.url}/r/${code}`)).text()
  const told = Object.fromEntries(
    [...page.matchAll(/<meta property="(og:[\w:]+)" content="([^"]*)"/g)].map(([, name, content]) => [name, content]),
  )
  expect(told).toMatchObject({ 'og:title': expect.any(String), 'og:description': expect.any(String) })
  expect(told['og:image']).toBe(`${stage.runtime.url}/og.png`)
  for (const secret of [code, 'Our secret evening', host.name, 'edge.invalid']) expect(page).not.toContain(secret)

  const picture = await fetch(told['og:image'] ?? '')
  expect(picture.headers.get('content-type')).toBe('image/png')
  const bytes = Buffer.from(await picture.arrayBuffer())
  // Width and height stand in the first chunk of every PNG.
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  expect([told['og:image:width'], told['og:image:height']]).toEqual(['1200', '630'])
  expect(bytes.length).toBeLessThan(100_000)
})

it('a page tells other services which site embeds them: YouTube plays nothing for whoever does not say it', async () => {
  const { headers } = await fetch(`${stage.runtime.url}/r/ABCDEF`)
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
})
