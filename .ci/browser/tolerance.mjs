// The pictures that pages are compared with must bear other fonts, which machines have, and no lost style sheet.
import { browse, check, difference, forms, most } from './look.mjs'

export async function tolerance(browser, base, out) {
  for (const form of forms) {
    for (const [change, bears] of [
      ['*{font-family:serif!important}', true], ['*{font-family:"DejaVu Sans",Verdana,sans-serif!important}', true], [null, false],
    ]) {
      const { context, page } = await browse(browser, form, out)
      await context.route('**/style.css', async route => {
        const response = await route.fetch()
        await route.fulfill({ response, body: change ? await response.text() + change : '' })
      })
      for (const [path, what] of [['/', '0-front'], ['/connections', '4-connections-closed']]) {
        await page.goto(base + path)
        const part = await difference(browser, page, `${form.name}-${what}`, false)
        if (process.env.TELL) console.log(`${form.name} ${what} with ${change}: ${part.toFixed(3)}`)
        check(`${form.name} ${what} with ${change}: ${part.toFixed(3)} of it differ, of which ${most} may`, (part <= most) === bears)
      }
      await context.close()
    }
  }
}
