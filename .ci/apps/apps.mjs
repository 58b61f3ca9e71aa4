// The pages that clients show in a conversation, each in Chromium within the SDK's own AppBridge, which takes no message that the
// standard does not have. The policy that a page asks for is laid upon it, and what that forbids the browser reports, which
// fails the run. The screenshots are for people to look at.
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { serve } from './serve.mjs'

const [mcp, key, out] = process.argv.slice(2)
mkdirSync(out, { recursive: true })
const { url, close } = await serve(mcp, key, new URL('host.bundle.js', import.meta.url))
let failed = false
const check = (what, ok, told = '') => { if (!ok) { console.error('FAILED:', what, told && JSON.stringify(told)); failed = true } }

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const page = await (await browser.newContext({ viewport: { width: 640, height: 700 } })).newPage()
let expected = [] // what the console may say
// That there is no stream to open is told by a status, which the console reports.
page.on('console', m => { if (m.type() === 'error' && !/status of 405/.test(m.text()) && !expected.some(e => e.test(m.text()))) check(`the console says ${m.text()}`, false) })
page.on('pageerror', e => check(`a script threw ${e.message}`, false))
await page.goto(url)

const view = page.frameLocator('iframe')
const heard = () => page.evaluate(() => window.host.heard)
const open = (name, args, options = {}) => page.evaluate(([n, a, o]) => window.host.open(n, a, o), [name, args, options])
const call = async (name, args) => {
  const res = await page.evaluate(([n, a]) => window.host.call(n, a), [name, args])
  if (res.isError) throw new Error(`${name}: ${JSON.stringify(res.structuredContent)}`)
  return res.structuredContent
}
const sees = (what, locator, time = 10_000) => locator.first().waitFor({ timeout: time }).then(() => true, () => { check(what, false); return false })
const until = async (what, holds) => {
  for (let i = 0; i < 100; i++) {
    if (await holds()) return
    await page.waitForTimeout(50)
  }
  check(what, false, await heard())
}

// looks takes a picture of the page as it stands, in both themes and at two widths, and holds that nothing of it is cut off.
const looks = async name => {
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 700 })
    for (const theme of ['light', 'dark']) {
      await page.evaluate(t => window.host.bridge.setHostContext({ theme: t }), theme)
      await until(`${name}: it does not take the theme ${theme}`, async () => await view.locator(`html[data-theme=${theme}]`).count() === 1)
      const wide = await view.locator('html').evaluate(e => e.scrollWidth - e.clientWidth)
      check(`${name} at ${width}: it is ${wide} px wider than its frame`, wide <= 0)
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${out}/${name}-${width}-${theme}.png`, fullPage: true })
    }
  }
  await page.setViewportSize({ width: 640, height: 700 })
}

const parts = { player: (await import('./player.mjs')).default, picker: (await import('./picker.mjs')).default, avatar: (await import('./avatar.mjs')).default }
for (const era of ['legacy', { pin: '2026-07-28' }]) {
  const tools = await page.evaluate(mode => window.host.connect(mode), era)
  const of = name => tools.find(tool => tool.name === name) ?? {}
  for (const [name, uri] of Object.entries({ show_video: 'player', get_video: 'player', wait_for_jobs: 'player', create_video_from_avatar: 'progress', list_voices: 'picker', list_avatar_looks: 'picker', cast_video: 'picker', open_avatar_creator: 'avatar' })) {
    const tool = of(name)
    check(`${name} has the page ${tool.page}`, tool.page === `ui://heygen/${uri}` && tool.meta['ui/resourceUri'] === tool.page && tool.meta['openai/outputTemplate'] === tool.page && !tool.appOnly)
  }
  check('get_job_progress is for models too', of('get_job_progress').appOnly)
  check('a tool without a page has one', of('delete_video').name && !of('delete_video').meta?.ui)
}
for (const [name, part] of Object.entries(parts)) {
  if (process.env.ONLY && process.env.ONLY !== name) continue
  await part({ page, view, open, call, heard, check, sees, until, looks, allow: list => { expected = list } })
  console.log(`ok: ${name}`)
}
await page.evaluate(() => window.host.close())
await browser.close()
close()
if (failed) process.exit(1)
console.log(`ok: the screenshots are in ${out}`)
