// A bare server of the TypeScript SDK, both eras: no checks, no log, no limits. Its arguments are HeyGen's URL and the file with the tools.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createMcpHandler, Server } from '@modelcontextprotocol/server'
import { toNodeHandler } from '@modelcontextprotocol/node'

const [heygen, file] = process.argv.slice(2)
const tools = JSON.parse(readFileSync(file, 'utf8'))

async function call(name, args, key) {
  const headers = { 'X-Api-Key': key, 'Content-Type': 'application/json' }
  const post = name === 'create_video_from_avatar'
  const path = post ? '/v3/videos' : name === 'get_video' ? `/v3/videos/${encodeURIComponent(args.video_id)}` : '/v3/avatars/looks?limit=20'
  const res = await fetch(heygen + path, post ? { method: 'POST', headers, body: JSON.stringify(args) } : { headers })
  const answer = await res.json()
  return Array.isArray(answer.data) ? answer : answer.data // structured content is an object
}

const handler = toNodeHandler(createMcpHandler(({ requestInfo } = {}) => {
  const server = new Server({ name: 'typescript', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler('tools/list', async () => ({ tools }))
  server.setRequestHandler('tools/call', async ({ params }) => {
    const data = await call(params.name, params.arguments, requestInfo?.headers.get('x-api-key') ?? '')
    return { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: data }
  })
  return server
}, { responseMode: 'json' }))

const server = createServer((req, res) => handler(req, res))
server.keepAliveTimeout = 0 // turns of others lie between
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/mcp`))
