// What is said of the layout and of pictures must bear the fonts of other machines, and find a lost style sheet, another color, and
// a block that is not there.
import { browse, check, forms, layout } from './look.mjs'

const changes = [
  // what is done to the style sheet, and whether the landmarks and the pictures are content
  [css => css + '*{font-family:serif!important}', true, true],
  [css => css + '*{font-family:cursive!important}', true, true],
  [css => css + 'button,.button{background:#1d4ed8!important}', true, false],
  [css => css + 'header{visibility:hidden}', true, false],
  [css => css + 'h1+p{display:none}', true, false],
  [css => css + 'p{margin:.6rem 0}', true, false],
  [() => '', false, false],
]

export async function tolerance(browser, base, gallery) {
  const pages = [['/', '0-front'], ['/connections', '4-connections-closed']]
  for (const form of forms) {
    for (const [change, stands, equal] of changes) {
      const { context, page } = await browse(browser, form, gallery)
      await context.route('**/style.css', async route => {
        const response = await route.fetch()
        await route.fulfill({ response, body: change(await response.text()) })
      })
      for (const [path, picture] of pages) {
        await page.goto(base + path)
        const [faults, differs] = [await layout(page), await gallery.differs(page, `${form.name}-${picture}`, true)]
        check(`${form.name} ${path} with ${change}: ${faults}`, (faults.length === 0) === stands)
        check(`${form.name} ${path} with ${change}: ${differs || 'no difference is found'}`, (differs === '') === equal)
      }
      await context.close()
    }
  }
  console.log('ok: layout and pictures bear other fonts, and find what is lost')
}
