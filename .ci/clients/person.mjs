// The person whom a client sends to the browser: signs in with an API key, reads who asks, allows it, and arrives back at the client.
import { chromium } from 'playwright-core'

const [address, key] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  const page = await browser.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(address)
  const heading = page.getByRole('heading', { level: 1 })
  console.log('came to:', await heading.innerText())
  // A client that was allowed before is asked about without a sign-in, where its address is on the web.
  const again = page.getByRole('button', { name: 'Continue', exact: true })
  if (!await again.isVisible()) {
    await page.locator('#api_key').fill(key)
    await page.locator('#api_key').press('Enter')
    await page.getByRole('heading', { name: /^Allow/ }).waitFor()
  }
  console.log('asked by:', await heading.locator('bdi.client').first().innerText())
  // Some clients' pages close themselves at once, so only what comes before that can be waited for.
  const back = new Promise(done => page.on('response', res => {
    if (res.request().isNavigationRequest() && new URL(res.url()).origin !== new URL(address).origin) done(res)
  }))
  await again.or(page.getByRole('button', { name: 'Allow', exact: true })).click()
  const late = setTimeout(() => page.close(), 20_000)
  const answer = await Promise.race([back, new Promise((_, fail) => page.on('close', () => fail(new Error('the client did not answer'))))])
  clearTimeout(late)
  console.log('back at:', answer.url().replace(/[?#].*/, ''), answer.status())
} catch (error) {
  console.log('cannot go on:', error, await browser.contexts()[0]?.pages()[0]?.locator('body').innerText().catch(() => ''))
  process.exitCode = 1
} finally {
  await browser.close()
  if (!process.exitCode) console.log('gone')
}
