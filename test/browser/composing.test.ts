import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, setUpHouse } from './house.ts'

const house = setUpHouse()

/** In a message that is being composed, in letters that take several keys. */
const composing = async () => {
  const { code, host } = await house.stage.room()
  const { page } = await house.enter(code, host)
  const field = page.getByLabel(en.chat.placeholder, { exact: true })
  await field.fill('にほ')
  /** A key as the composition has it, by the marks of one browser or another. */
  const press = (key: string, marks: { isComposing?: boolean; keyCode?: number }) =>
    field.evaluate((element, init) => element.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true })), {
      key,
      ...marks,
    })
  return { page, field, press }
}

// Safari ends the composition first, and tells the key as 229 afterwards (bugs.webkit.org/165004).
test.each([{ isComposing: true }, { keyCode: 229 }])(
  'a key that belongs to a composition, told by %o, sends nothing and leaves the field alone',
  async (marks) => {
    const { page, field, press } = await composing()
    await press('Enter', marks)
    await press('Escape', marks)
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await field.inputValue()).toBe('にほ')
    await page.keyboard.press('Enter')
    await hears(page, 'にほ')
  },
)
