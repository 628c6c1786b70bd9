import { expect, test } from 'vitest'
import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { hears, isInside, press, say, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

test('[A15] who deletes their account reads what happens, and others read no name any more, in their language', async () => {
  const { code, host } = await house.stage.room()
  const ana = await house.enter(code, 'Ana')
  await say(ana.page, 'Is everybody comfortable?')
  await hears(ana.page, 'Is everybody comfortable?')
  await ana.page.goto(`${house.url}/account`)
  await ana.page.getByRole('button', { name: en.account.delete }).focus()
  await ana.page.keyboard.press('Enter')
  await ana.page.getByText(en.account.deleteText).waitFor()
  await looksRight(ana.page, 'account-delete')
  await press(ana.page, en.account.deleteSubmit)
  await ana.page.waitForURL(`${house.url}/`)
  await house.stage.call('rooms/ban', { room_id: code, user_id: ana.person?.id }, host)
  await house.stage.settled()

  const hana = await house.enter(code, host, { locale: 'de-DE' })
  await hears(hana.page, 'Is everybody comfortable?')
  expect(await hana.page.locator('.message-user').allInnerTexts()).toEqual([de.deletedName])
  await hana.page.getByRole('button', { name: de.chat.remove(de.deletedName, 'Is everybody comfortable?') }).waitFor()
  await hana.page.getByRole('tab', { name: new RegExp(de.panel.people) }).click()
  await hana.page.locator('.person-name', { hasText: de.deletedName }).waitFor()
  await hana.page.getByRole('button', { name: de.people.menu(de.deletedName) }).click()
  await looksRight(hana.page, 'people-deleted-account')
  expect(await hana.page.getByText(DELETED_NAME).count()).toBe(0)
  await isInside(hana.page)
})
