// A person in a real browser signs in to the broker, with the keyboard alone on the first round: in light and dark, on a
// desk and on a phone, by an API key and by HeyGen's sign-in. Whatever the page's policy forbids the browser reports, and
// fails the run, as does what looks other than in the pictures of .ci/browser/pictures. Screenshots are for people to look at.
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { browse, check, failed, forms, launch } from './browser/look.mjs'
import { tolerance } from './browser/tolerance.mjs'
import { travel } from './browser/journey.mjs'
import { open } from './browser/pictures.mjs'
import { watch } from './browser/player.mjs'

const [base, out, sandbox, kept, update] = process.argv.slice(2)

// The client, which listens on a loopback port as a program on the person's computer does.
const arrived = []
const client = createServer((req, res) => {
  if (req.url.startsWith('/callback')) arrived.push(new URL(req.url, 'http://127.0.0.1'))
  res.setHeader('Content-Type', 'text/html')
  res.end('<!doctype html><title>back</title><h1>Back at the client</h1>')
})
await new Promise(done => client.listen(0, '127.0.0.1', done))
const redirect = `http://127.0.0.1:${client.address().port}/callback`
const registered = await (await fetch(`${base}/oauth/register`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ client_name: 'Claude, a client with a fairly long name', redirect_uris: [redirect, 'https://claude.ai/api/mcp/auth_callback'] }),
})).json()

const verifier = randomBytes(32).toString('base64url')
const ask = to => `${base}/oauth/authorize?` + new URLSearchParams({
  response_type: 'code', client_id: registered.client_id, redirect_uri: to, state: 'xyz',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', resource: `${base}/mcp`,
})
const authorize = ask(redirect)

const browser = await launch()
const gallery = await open(browser, kept, out, update === 'update')
// Without scripts the pages work as well; axe needs them, so that such a form is one more.
for (const form of [...forms, { name: 'no-scripts', colorScheme: 'light', viewport: { width: 360, height: 800 }, javaScriptEnabled: false }]) {
  const { name, viewport: { width } } = form
  const { context, page, look } = await browse(browser, form, gallery)
  await page.goto(base + '/')
  await look('0-front')
  if (name === 'light-desk') {
    await page.getByRole('button', { name: 'Make the demo video' }).click()
    const video = page.locator('#video')
    await video.waitFor({ timeout: 60_000 })
    await page.waitForFunction(() => document.querySelector('#video').readyState > 0)
    check(`${name}: the demo video has no length`, await video.evaluate(e => e.duration > 1))
  }

  await page.goto(authorize)
  await look('1-sign-in')
  // The client of this run is as suspicious as can be, and has two warnings above the field.
  const below = () => page.getByRole('button', { name: 'Check the key' }).evaluate(e => e.getBoundingClientRect().bottom)
  if (width > 1000) check(`${name}: the key's button ends at ${await below()} px`, await below() <= 800)
  if (width > 1000) { // by keyboard
    await page.focus('#api_key')
    await page.keyboard.type('sk_wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await look('2-wrong-key')
    await page.focus('#api_key')
    await page.keyboard.type('sk_sandbox_mia')
    await page.keyboard.press('Enter')
  } else {
    await page.getByRole('link', { name: 'Continue with HeyGen' }).click()
    await page.getByLabel('Account').fill('mia')
    await page.getByRole('button').click()
  }
  await page.getByRole('heading', { name: /^Allow/ }).waitFor()
  await look('3-consent')
  // What cannot be read is told beside its field, which has the focus; nothing else is lost.
  const cap = page.getByLabel('It may spend at most, in a day')
  const focused = () => page.locator('[name=spend_cap_daily]:focus').count()
  check(`${name}: deleting is chosen beforehand`, !await page.locator('[name=access][value=all]').isChecked())
  await page.locator('[name=access][value=read]').check()
  await page.locator('[name=expires][value="30d"]').check()
  await cap.fill('five')
  await cap.press('Enter')
  await page.getByRole('alert').waitFor()
  check(`${name}: the field with the mistake has no focus`, await focused() === 1)
  check(`${name}: the choice is lost`, await page.locator('[name=access][value=read]').isChecked() && await page.locator('[name=expires][value="30d"]').isChecked())
  await look('11-consent-mistake')
  await page.locator('[name=access][value=make]').check()
  await cap.fill('5')
  const before = arrived.length
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByRole('heading', { name: 'Back at the client' }).waitFor()
  const back = arrived[before]
  check(`${name}: sent back with ${back}`, back?.searchParams.get('code') && back.searchParams.get('state') === 'xyz' && back.searchParams.get('iss') === base)
  const token = await (await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams({
    grant_type: 'authorization_code', client_id: registered.client_id, code: back.searchParams.get('code'), redirect_uri: redirect, code_verifier: verifier,
  }) })).json()
  check(`${name}: no token: ${JSON.stringify(token)}`, token.access_token && token.scope === 'heygen:read heygen:write')

  await page.goto(authorize)
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('heading', { name: 'Back at the client' }).waitFor()
  check(`${name}: a cancelled sign-in`, arrived.at(-1).searchParams.get('error') === 'access_denied')

  // A hosted client: the second time the person need not sign in, and is asked all the same. Its host is played here.
  const hosted = []
  await context.route('https://claude.ai/**', route => {
    hosted.push(new URL(route.request().url()))
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>back</title><h1>Back at the host</h1>' })
  })
  await page.goto(ask('https://claude.ai/api/mcp/auth_callback'))
  if (width > 1000) check(`${name}: the key's button ends at ${await below()} px`, await below() <= 700)
  await page.locator('#api_key').fill('sk_sandbox_mia')
  await page.locator('#api_key').press('Enter')
  // What is filled in beforehand is of the last of several connections that may be of the same second.
  await page.locator('[name=access][value=make]').check()
  await page.locator('[name=expires][value="30d"]').check()
  await cap.fill('5')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByRole('heading', { name: 'Back at the host' }).waitFor()
  await page.goto(ask('https://claude.ai/api/mcp/auth_callback'))
  await page.getByRole('heading', { name: /wants to connect again/ }).waitFor()
  check(`${name}: sent back before a press`, hosted.length === 1)
  await look('9-again')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByRole('heading', { name: 'Back at the host' }).waitFor()
  check(`${name}: sent back with ${hosted[1]}`, hosted[1]?.searchParams.get('code') && hosted[1].searchParams.get('iss') === base)
  await page.goto(ask('https://claude.ai/api/mcp/auth_callback'))
  await page.getByRole('button', { name: 'Not me' }).click()
  await page.locator('#api_key').waitFor()
  await look('10-hosted')

  await page.goto(`${base}/connections`)
  await look('4-connections-closed')
  await page.getByLabel('Use an API key').fill('sk_sandbox_mia')
  await page.getByRole('button', { name: 'Check the key' }).click()
  await page.getByRole('button', { name: /End this connection/ }).first().waitFor()
  await look('5-connections')
  await page.locator('.connection summary').first().click()
  const limit = page.getByLabel('It may spend at most, in a day').first()
  await limit.fill('1,500')
  await limit.press('Enter')
  await page.getByRole('alert').waitFor()
  check(`${name}: the field with the mistake has no focus among the connections`, await focused() === 1)
  await look('12-connections-mistake')
  await limit.fill('1.50')
  await page.getByRole('button', { name: /^Save/ }).first().click()
  await page.getByText('It may spend 1.50 USD a day').waitFor()
  await look('13-connections-changed')
  await page.getByRole('button', { name: /End this connection/ }).first().click()
  await page.getByRole('status').waitFor()
  await look('6-ended')
  await page.goto(`${base}/oauth/device?user_code=BCDF-GHJK`)
  await look('7-device')
  await page.goto(`${base}/oauth/authorize?client_id=nobody`)
  await look('8-cannot')
  await context.close()
  console.log('ok:', name)
}
await watch(browser, base, gallery, sandbox)
await travel(browser, base, gallery)
await tolerance(browser, base, gallery)
for (const file of gallery.left()) check(`${kept}/${file} is of no page any more`, false)
await browser.close()
client.close()
process.exit(failed ? 1 : 0)
