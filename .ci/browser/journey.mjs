// A whole journey: a person reads the address on the landing page, connects a program of the MCP SDK's, lets it make videos for
// five dollars a day, sees it refused, raises the cap, watches what was made, and ends it.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { browse, check, forms } from './look.mjs'
import { provider } from './provider.mjs'

export async function travel(browser, base, gallery) {
  const { context, page, look } = await browse(browser, forms[0], gallery, '400|422')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(base + '/')
  await page.locator('.copy').first().getByRole('button', { name: 'Copy' }).click()
  const endpoint = await page.evaluate(() => navigator.clipboard.readText())
  check(`the journey: the line is ${endpoint}`, endpoint === `${base}/mcp`)

  const agent = await provider('A video agent')
  const authProvider = { ...agent, redirectToAuthorization(address) { this.address = address.href } }
  const connect = async () => {
    const client = new Client({ name: 'journey', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(new URL(endpoint), { authProvider }))
    return client
  }
  const first = new StreamableHTTPClientTransport(new URL(endpoint), { authProvider })
  await new Client({ name: 'journey', version: '1' }).connect(first).then(() => check('the journey: let in without a sign-in', false), e => {
    check(`the journey: ${e}`, e instanceof UnauthorizedError)
  })
  const signIn = async () => {
    await page.getByLabel('Use an API key').fill('sk_sandbox_traveler')
    await page.getByLabel('Use an API key').press('Enter')
  }
  await page.goto(authProvider.address)
  await signIn()
  await page.locator('[name=access][value=make]').check()
  await page.getByLabel('It may spend at most, in a day').fill('5')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await first.finishAuth((await agent.arrived()).get('code'))

  const client = await connect()
  const call = async (name, args) => (await client.callTool({ name, arguments: args })).structuredContent
  const { items: [face] } = await call('list_avatar_looks', { limit: 1, ownership: 'public' })
  const script = Array(7).fill('Every spring the river comes back.').join(' ')
  const make = async take => call('create_video_from_avatar', { avatar_id: face.look_id, script, title: `Take ${take}`, idempotency_key: `take-${take}` })
  const made = []
  let refused
  while (!refused && made.length < 9) {
    const told = await make(made.length + 1)
    if (told.error) refused = told
    else made.push(told.video_id)
  }
  check(`the journey: ${made.length} made, then ${JSON.stringify(refused)}`, made.length > 0 && refused?.error_code === 'spend_cap_reached')
  check(`the journey: the refusal leads nowhere: ${refused?.next_step}`, JSON.stringify(refused).includes(`${base}/connections`))

  await page.goto(`${base}/connections`)
  await signIn()
  await page.locator('.connection summary').first().click()
  await page.getByLabel('It may spend at most, in a day').first().fill('40')
  await page.getByRole('button', { name: /^Save/ }).first().click()
  await page.getByText('It may spend 40.00 USD a day').waitFor()
  const more = await make(made.length + 1)
  check(`the journey: it does not go on: ${JSON.stringify(more)}`, more.video_id)

  let told
  do told = await call('wait_for_jobs', { ids: [more.video_id] })
  while (!told.finished)
  await page.goto(told.done[0].page_url)
  await page.waitForFunction(() => document.querySelector('video')?.readyState > 0)
  await page.getByRole('heading', { name: `Take ${made.length + 1}` }).waitFor()

  await page.goto(`${base}/connections`)
  await page.locator('.deeds').waitFor()
  await look('30-journey-deeds')
  await page.getByRole('link', { name: new RegExp(`Take ${made.length + 1}\\b`) }).click()
  await page.locator('video').waitFor()
  await page.goto(`${base}/connections`)
  await page.getByRole('button', { name: /End this connection/ }).first().click()
  await page.getByText('There are none.').waitFor()
  await client.callTool({ name: 'get_current_user', arguments: {} }).then(told => check(`the journey: it goes on after its end: ${JSON.stringify(told)}`, false), () => {})
  await client.close().catch(() => {})
  agent.close()
  await context.close()
  console.log('ok: the journey,', made.length, 'made before the cap')
}
