// The older TypeScript SDK, which most programs still have, signed in.
import assert from 'node:assert/strict'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { provider } from './provider.mjs'
import { tour } from './tour.mjs'

const [endpoint, email] = process.argv.slice(2)
const authProvider = await provider('SDK 1')
const transport = () => new StreamableHTTPClientTransport(new URL(endpoint), { authProvider })
const client = () => new Client({ name: 'sdk-1', version: '1' })

const first = transport()
await assert.rejects(client().connect(first), UnauthorizedError)
await first.finishAuth((await authProvider.arrived()).get('code'))
console.log('signed in')

const c = client(), t = transport()
await c.connect(t)
const told = await tour(c, (name, args, options) => c.callTool({ name, arguments: args }, undefined, options), email, 'Hello')
console.log(`legacy: ${t.protocolVersion}, progress ${told} times`)
await c.close()

authProvider.stale()
const again = client()
await again.connect(transport())
await again.listTools()
assert.notEqual(authProvider.accessToken(), 'hgm_no_such_token')
await again.close()
console.log('renewed')
authProvider.close()
