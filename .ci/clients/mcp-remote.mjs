// A host of local servers starts mcp-remote as its command, and speaks with the product through its stdin and stdout.
// Usage: mcp-remote.mjs EMAIL COMMAND…
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const [email, command, ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
const gone = new Promise((_, fail) => child.on('exit', code => fail(new Error(`mcp-remote ended with ${code}`))))
gone.catch(() => {}) // at the end it is meant to
const waiting = new Map()
createInterface({ input: child.stdout }).on('line', line => {
  const message = JSON.parse(line) // whatever else stood there would break a host
  waiting.get(message.id)?.(message)
})

let id = 0
const send = message => child.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n')
async function ask(method, params) {
  const mine = ++id
  const answer = new Promise(done => waiting.set(mine, done))
  send({ id: mine, method, params })
  const { result, error } = await Promise.race([answer, gone])
  assert.ok(result, `${method}: ${JSON.stringify(error)}`)
  return result
}

const hello = await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'a host', version: '1' } })
send({ method: 'notifications/initialized' })
const { tools } = await ask('tools/list', {})
assert.ok(tools.some(t => t.name === 'create_video_from_avatar'), JSON.stringify(tools))
const user = await ask('tools/call', { name: 'get_current_user', arguments: {} })
assert.equal(user.structuredContent.email, email)
console.log(`host: ${hello.serverInfo.name} ${hello.protocolVersion}, ${tools.length} tools, ${user.structuredContent.email}`)
child.stdin.end()
await gone.catch(() => {})
