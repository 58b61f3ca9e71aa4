// What every walk through the pages looks at: what the browser complains of, what axe finds, whether everything fits, and
// whether a page still looks as it did.
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// forms are how pages are seen: in light and dark, on a desk and on a phone.
export const forms = [
  { name: 'light-desk', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark-desk', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'light-phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'dark-phone', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
]

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

export let failed = false
export const check = (what, ok) => { if (!ok) { console.error('FAILED:', what); failed = true } }

// browse opens a page in a form. What its policy forbids the browser reports, and that fails the run as any other error on
// the console does, but for the statuses that are expected. look takes a picture and looks into the page.
export async function browse(browser, form, out, statuses = '400|422') {
  const { name, ...options } = form
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.addInitScript(() => addEventListener('securitypolicyviolation', e => console.error(`the policy forbids ${e.blockedURI} by ${e.effectiveDirective}`)))
  const expected = new RegExp(`status of (${statuses})`)
  page.on('console', m => { if (m.type() === 'error' && !expected.test(m.text())) check(`${name}: the console says ${m.text()}`, false) })
  page.on('pageerror', e => check(`${name}: a script fails: ${e}`, false))
  const scripts = options.javaScriptEnabled !== false
  const look = async what => {
    mkdirSync(out, { recursive: true })
    await page.screenshot({ path: `${out}/${name}-${what}.png`, fullPage: true })
    const wide = await page.locator('main').evaluate(e => e.scrollWidth > e.clientWidth + 1).catch(() => false)
    check(`${name} ${what}: it is wider than the screen`, !wide)
    if (!scripts) return
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    for (const v of violations) {
      const told = `${name} ${what}: axe finds ${v.id} (${v.impact}): ${v.nodes.map(n => n.target.join(' ')).join('; ')}`
      if (['serious', 'critical'].includes(v.impact)) check(told, false)
      else console.log(told)
    }
    const part = await difference(browser, page, `${name}-${what}`)
    if (process.env.TELL) console.log(`${name}-${what}: ${part.toFixed(3)}`)
    check(`${name} ${what}: ${(100 * part).toFixed(0)} % of it look otherwise than they did, or there is nothing to compare it with`, part <= most)
  }
  return { context, page, look }
}

// What is compared is what fills the window, made so small that letters are grey: fonts, and where lines break, differ between
// machines. cell is how many pixels become one, and grey how far one may be from what it was, of 255.
const cell = 16, grey = 40
// most is the part of a picture that may differ; tolerance in tolerance.mjs holds that it is neither too small nor too large.
export const most = 0.18

// difference is the part of a page that looks otherwise than in the picture that was committed; with UPDATE set what is seen takes
// that one's place.
export async function difference(browser, page, name, update = process.env.UPDATE) {
  // What a film shows is another each time.
  const picture = await page.screenshot({ animations: 'disabled', mask: [page.locator('video')], maskColor: '#808080' })
  const kept = new URL(`seen/${name}.png`, process.env.SEEN ?? import.meta.url)
  const scratch = await browser.newPage()
  const shrink = async (png, by) => scratch.evaluate(async ([base64, by]) => {
    const image = new Image()
    image.src = 'data:image/png;base64,' + base64
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width / by)
    canvas.height = Math.round(image.height / by)
    const context = canvas.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const greys = []
    for (let i = 0; i < data.length; i += 4) greys.push(0.3 * data[i] + 0.6 * data[i + 1] + 0.1 * data[i + 2])
    return { greys, png: canvas.toDataURL('image/png').split(',')[1] }
  }, [png.toString('base64'), by])
  const now = await shrink(picture, cell)
  let part = 1
  if (update) {
    mkdirSync(new URL('.', kept), { recursive: true })
    writeFileSync(kept, Buffer.from(now.png, 'base64'))
    part = 0
  } else if (existsSync(kept)) {
    const was = await shrink(readFileSync(kept), 1)
    if (was.greys.length === now.greys.length) {
      part = was.greys.filter((v, i) => Math.abs(v - now.greys[i]) > grey).length / was.greys.length
    }
  }
  await scratch.close()
  return part
}

// caller calls a tool of a server's as an account of the sandbox.
export const caller = (base, account) => async (name, args) => {
  const response = await fetch(`${base}/mcp/key/x/all`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', 'X-Api-Key': `sk_sandbox_${account}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
  })
  const text = await response.text()
  const line = text.startsWith('{') ? text : text.split('\n').filter(l => l.startsWith('data:')).pop().slice(5)
  const told = JSON.parse(line).result.structuredContent
  if (told.error) throw new Error(`${name}: ${JSON.stringify(told)}`)
  return told
}
