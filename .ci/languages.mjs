// Every page that a person sees, in every language, on a desk and on a phone: it says its language, nothing of it is left in
// English, nothing is wider than the screen and no button cuts its text off. Screenshots are for people to look at.
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [base, out, ...only] = process.argv.slice(2)
mkdirSync(out, { recursive: true })

const client = createServer((req, res) => {
  res.setHeader('Content-Type', 'text/html')
  res.end('<!doctype html><title>back</title><h1>Back at the client</h1>')
})
await new Promise(done => client.listen(0, '127.0.0.1', done))
const redirect = `http://127.0.0.1:${client.address().port}/callback`
const hosted = 'https://claude.ai/api/mcp/auth_callback'
const registered = await (await fetch(`${base}/oauth/register`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ client_name: 'Claude, a client with a fairly long name', redirect_uris: [redirect, hosted] }),
})).json()
const ask = to => `${base}/oauth/authorize?` + new URLSearchParams({
  response_type: 'code', client_id: registered.client_id, redirect_uri: to, state: 'xyz',
  code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'), code_challenge_method: 'S256', resource: `${base}/mcp`,
})

let failed = false
const check = (what, ok) => { if (!ok) { console.error('FAILED:', what); failed = true } }

// crowded looks for what does not fit: a page wider than the screen, or a text that is cut off.
const crowded = () => {
  const bad = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth) bad.push(`the page is ${root.scrollWidth} px wide, the screen ${innerWidth}`)
  for (const e of document.querySelectorAll('button, .button, summary, legend, label, h1, h2, p, dt, dd, li, code')) {
    if (e.matches('.unseen, .unseen *') || e.getClientRects().length === 0) continue
    const r = e.getBoundingClientRect()
    if (r.left < -1 || r.right > innerWidth + 1) bad.push(`${e.tagName} "${e.textContent.trim().slice(0, 40)}" is off the screen`)
    if (e.matches('button, .button') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) {
      bad.push(`${e.tagName} "${e.textContent.trim().slice(0, 40)}" is cut off`)
    }
  }
  return bad
}

// sentences are the texts of a page that are somebody's to translate.
const sentences = () => {
  const texts = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const text = n.data.replace(/\s+/g, ' ').trim()
    if (n.parentElement.closest('code, script, bdi, header, .address, .clients dt, [lang="en"]:not(html)')) continue
    if (/\p{L}.* .*\p{L}/u.test(text) && !/^In \S+:$/.test(text)) texts.push(text) // which is German too
  }
  return texts
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const english = {}
for (const [locale, lang] of Object.entries({ 'en-US': 'en', 'de-DE': 'de', 'es-ES': 'es', 'fr-FR': 'fr', 'pt-BR': 'pt', 'ja-JP': 'ja', 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant' })) {
  if (only.length && lang !== 'en' && !only.includes(lang)) continue
  const context = await browser.newContext({ locale, colorScheme: 'light' })
  await context.route('https://claude.ai/**', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>back</title>' }))
  const page = await context.newPage()
  const look = async what => {
    check(`${lang} ${what}: it is in ${await page.locator('html').getAttribute('lang')}`, await page.locator('html').getAttribute('lang') === lang)
    const said = await page.evaluate(sentences)
    if (lang === 'en') english[what] = new Set(said)
    for (const text of said) {
      check(`${lang} ${what}: in English: ${text}`, lang === 'en' || !english[what].has(text))
      check(`${lang} ${what}: a key: ${text}`, !/\b[a-z]+\.[a-z]+_[a-z]+\b/.test(text))
    }
    for (const [name, size] of [['desk', { width: 1280, height: 800 }], ['phone', { width: 390, height: 844 }]]) {
      await page.setViewportSize(size)
      for (const bad of await page.evaluate(crowded)) check(`${lang} ${what} ${name}: ${bad}`, false)
      await page.screenshot({ path: `${out}/${what}-${lang}-${name}.png`, fullPage: true })
    }
  }
  const press = value => page.locator(`button[value="${value}"]`).first().click()
  const key = async text => {
    await page.locator('#api_key').fill(text)
    await page.locator('#api_key').press('Enter')
  }

  await page.goto(base + '/')
  await page.locator('main > details > summary').click()
  await look('front')
  await page.goto(base + '/mcp')
  await look('endpoint')
  await page.goto(base + '/nothing')
  await look('absent')

  await page.goto(ask(redirect))
  await page.setViewportSize({ width: 1280, height: 800 })
  const bottom = await page.locator('button[value=key]').evaluate(e => e.getBoundingClientRect().bottom)
  check(`${lang}: the key's button ends at ${bottom} px`, bottom <= 800)
  await look('sign-in')
  await key('sk_wrong')
  await page.locator('#problem').waitFor()
  await look('wrong-key')
  await key('sk_sandbox_mia')
  await page.locator('[name=spend_cap_daily]').waitFor()
  await look('consent')
  await page.locator('[name=spend_cap_daily]').fill('five')
  await press('agree')
  await page.locator('.problem').waitFor()
  await look('consent-mistake')
  await page.locator('[name=access][value=read]').check()
  await page.locator('[name=spend_cap_daily]').fill('2.50')
  await press('agree')
  await page.waitForURL(redirect + '**')
  await page.goto(ask(redirect))
  await key('sk_sandbox_mia')
  await page.locator('.warning ul').waitFor()
  await look('consent-more')

  await page.goto(ask(hosted))
  await key('sk_sandbox_mia')
  await page.locator('button[value=agree]').click()
  await page.waitForURL(hosted + '**')
  await page.goto(ask(hosted))
  await page.locator('button[value=continue]').waitFor()
  await look('again')

  await page.goto(`${base}/connections`)
  await look('connections-closed')
  await key('sk_sandbox_mia')
  await page.locator('.connection').first().waitFor()
  await look('connections')
  await page.locator('.connection summary').first().click()
  await page.locator('[name=spend_cap_daily]').first().fill('1,500')
  await press('change')
  await page.locator('.problem').waitFor()
  await look('connections-mistake')
  await press('end')
  await page.locator('.done').waitFor()
  await look('connections-ended')
  await press('leave')
  await look('signed-out')

  const begun = await (await fetch(`${base}/oauth/device_authorization`, { method: 'POST', body: new URLSearchParams({ client_id: registered.client_id }) })).json()
  await page.goto(`${base}/oauth/device`)
  await page.locator('#user_code').fill('BCDF-GHJK')
  await page.locator('#user_code').press('Enter')
  await page.locator('#problem').waitFor()
  await look('device')
  await page.goto(begun.verification_uri_complete)
  await page.locator('#user_code').press('Enter')
  await page.locator('#api_key').waitFor()
  await look('device-sign-in')
  await key('sk_sandbox_mia')
  await press('agree')
  await page.waitForLoadState()
  await look('device-connected')
  await page.goto(`${base}/oauth/authorize?client_id=nobody`)
  await look('cannot')
  await page.goto(`${base}/oauth/consent?flow=nothing`)
  await look('gone')
  await context.close()
  console.log('ok:', lang)
}
await browser.close()
client.close()
process.exit(failed ? 1 : 0)
