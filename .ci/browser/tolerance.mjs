// What is said of the layout must bear the fonts of other machines, and find a lost style sheet.
import { browse, check, forms, layout } from './look.mjs'

export async function tolerance(browser, base, out) {
  for (const form of forms) {
    for (const [change, bears] of [['*{font-family:serif!important}', true], ['*{font-family:cursive!important}', true], [null, false]]) {
      const { context, page } = await browse(browser, form, out)
      await context.route('**/style.css', async route => {
        const response = await route.fetch()
        await route.fulfill({ response, body: change ? await response.text() + change : '' })
      })
      for (const path of ['/', '/connections']) {
        await page.goto(base + path)
        const faults = await layout(page)
        check(`${form.name} ${path} with ${change ?? 'no style sheet'}: ${faults}`, (faults.length === 0) === bears)
      }
      await context.close()
    }
  }
  console.log('ok: the layout bears other fonts, and no lost style sheet')
}
