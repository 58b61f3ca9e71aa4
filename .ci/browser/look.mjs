// What every walk through the pages looks at: what the browser complains of, what axe finds, and whether everything fits and
// stands where it should.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
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
// the console does, but for the statuses that are expected. look takes a picture, looks into the page, and compares it with how it was (gallery
// is of pictures.mjs).
export async function browse(browser, form, gallery, statuses = '400|422') {
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
    await page.screenshot({ path: `${gallery.out}/${name}-${what}.png`, fullPage: true })
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
    for (const fault of await layout(page)) check(`${name} ${what}: ${fault}`, false)
    const differs = await gallery.differs(page, `${name}-${what}`)
    check(`${name} ${what}: ${differs}`, !differs)
  }
  return { context, page, look }
}

// layout finds what does not stand where the style sheet puts it, with the letters that people see. It looks at where landmarks are
// from left to right, which no font changes.
export const layout = page => page.evaluate(() => {
  const box = selector => document.querySelector(selector)?.getBoundingClientRect()
  const [main, header, heading, footer] = ['main', 'header', 'h1', 'footer'].map(box)
  if (!main || !header || !heading || !footer) return ['main, header, h1 or footer is missing']
  const screen = document.documentElement.clientWidth, phone = screen <= 544
  const width = phone ? screen : document.querySelector('main').classList.contains('wide') ? 736 : 544
  const left = (screen - width) / 2, edge = phone ? 20 : 29
  const faults = []
  const at = (what, is, wants) => { if (Math.abs(is - wants) > 2) faults.push(`${what} is at ${is} px, not at ${wants}`) }
  at('the left of main', main.left, left)
  at('the right of main', main.right, left + width)
  at('the left of the heading', heading.left, left + edge)
  at('the right of the heading', heading.right, left + width - edge)
  at('the left of the header', header.left, left)
  for (const e of document.querySelectorAll('video, audio, .waiting, input[type=password], button[value=key], button[value=agree]')) {
    const { left: l, right: r, height } = e.getBoundingClientRect()
    if (!height) continue
    at(`the left of ${e.tagName}`, l, left + edge)
    at(`the right of ${e.tagName}`, r, left + width - edge)
  }
  if (!(header.bottom <= main.top + 1 && heading.bottom <= main.bottom && main.bottom <= footer.top + 1)) faults.push('header, main and footer are not below each other')
  return faults
})

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
