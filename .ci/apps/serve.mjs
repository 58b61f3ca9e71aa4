// What stands around the pages in their test: a host's page on one port, and on another, as a host has it, the pages
// themselves under the policy that they ask for. Calls of MCP go through to the product.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'

// policy is a page's, by what its resource says: nothing but what is named there.
export const policy = ({ resourceDomains = [], connectDomains = [], frameDomains = [], baseUriDomains = [] } = {}) => {
  const from = (...sources) => sources.flat().join(' ') || "'none'"
  return [
    "default-src 'none'", `script-src ${from("'unsafe-inline'", resourceDomains)}`, `style-src ${from("'unsafe-inline'", resourceDomains)}`,
    `img-src ${from('data:', resourceDomains)}`, `media-src ${from('data:', resourceDomains)}`, `font-src ${from('data:', resourceDomains)}`,
    `connect-src ${from(connectDomains)}`, `frame-src ${from(frameDomains)}`, `base-uri ${from(baseUriDomains)}`, "form-action 'none'", "object-src 'none'",
  ].join('; ')
}

const body = async req => {
  const parts = []
  for await (const part of req) parts.push(part)
  return Buffer.concat(parts)
}

const listen = async handler => {
  const server = createServer((req, res) => handler(req, res).catch(e => {
    res.statusCode = 500
    res.end(String(e))
  }))
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

// serve begins both. mcp is the product's endpoint, key the credential for it.
export const serve = async (mcp, key, script) => {
  const pages = new Map()
  const views = await listen(async (req, res) => {
    const page = pages.get(req.url)
    if (!page) {
      res.statusCode = 404
      return res.end()
    }
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.setHeader('Content-Security-Policy', policy(page.csp))
    res.end(page.html)
  })
  const host = await listen(async (req, res) => {
    if (req.url === '/keep') {
      const at = `/${pages.size}`
      pages.set(at, JSON.parse(await body(req)))
      res.setHeader('Content-Type', 'application/json')
      return res.end(JSON.stringify({ url: views.url + at }))
    }
    if (req.url === '/mcp') {
      const headers = Object.fromEntries(Object.entries(req.headers).filter(([name]) => !['host', 'origin', 'referer', 'connection', 'content-length', 'cookie'].includes(name)))
      const answer = await fetch(mcp, { method: req.method, headers: { ...headers, 'x-api-key': key }, body: req.method === 'POST' ? await body(req) : undefined })
      res.statusCode = answer.status
      for (const name of ['content-type', 'mcp-session-id']) if (answer.headers.get(name)) res.setHeader(name, answer.headers.get(name))
      return res.end(Buffer.from(await answer.arrayBuffer()))
    }
    if (req.url === '/host.js') {
      res.setHeader('Content-Type', 'text/javascript')
      return res.end(readFileSync(script))
    }
    res.setHeader('Content-Type', 'text/html')
    res.end('<!doctype html><meta charset="utf-8"><title>host</title><style>body { margin: 0 } iframe { border: 0; width: 100%; height: 200px; display: block }</style><div id="place"></div><script src="/host.js"></script>')
  })
  return { url: host.url, close: () => [host, views].forEach(one => one.server.close()) }
}
