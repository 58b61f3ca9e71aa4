// The current TypeScript SDK, signed in, in its three modes: as of old, finding out the era, and in the new era alone.
import assert from 'node:assert/strict'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { provider } from './provider.mjs'
import { tour } from './tour.mjs'

const [endpoint, email] = process.argv.slice(2)
const authProvider = await provider('SDK 2')
const transport = () => new StreamableHTTPClientTransport(new URL(endpoint), { authProvider })
const client = mode => new Client({ name: 'sdk-2', version: '1' }, { versionNegotiation: { mode } })

const first = transport()
await assert.rejects(client('auto').connect(first), UnauthorizedError)
await first.finishAuth(await authProvider.arrived())
console.log('signed in')

const modern = '2026-07-28'
await Promise.all([['legacy', 'legacy'], ['auto', 'modern'], [{ pin: modern }, 'modern']].map(async ([mode, era]) => {
  const c = client(mode)
  await c.connect(transport())
  assert.equal(c.getProtocolEra(), era)
  const told = await tour(c, (name, args, options) => c.callTool({ name, arguments: args }, options), email, `Hello from ${mode.pin ?? mode}`)
  console.log(`${mode.pin ? 'pinned' : mode}: ${c.getNegotiatedProtocolVersion()}, progress ${told} times`)
  await c.close()
}))

authProvider.stale()
const again = client('auto')
await again.connect(transport())
await again.listTools()
assert.notEqual(authProvider.accessToken(), 'hgm_no_such_token')
await again.close()
console.log('renewed')
authProvider.close()
