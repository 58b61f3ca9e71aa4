// The links by which Cursor and VS Code install the server, on its pages and in its manifests: they must be what these programs'
// makers publish, and be read back by VS Code's own reader of addresses.
// https://cursor.com/docs/mcp/install-links and https://code.visualstudio.com/api/extension-guides/ai/mcp
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { deepStrictEqual, strictEqual } from 'node:assert'
import { URI } from 'vscode-uri'

const [endpoint, manifest] = process.argv.slice(2)
const base = endpoint.replace(/\/mcp$/, '')

const published = address => {
  const code = encodeURIComponent(JSON.stringify({ name: 'heygen', type: 'http', url: address }))
  return {
    cursor: `cursor://anysphere.cursor-deeplink/mcp/install?name=heygen&config=${encodeURIComponent(btoa(JSON.stringify({ url: address })))}`,
    vscode: `vscode:mcp/install?${code}`,
    vscode_insiders: `vscode-insiders:mcp/install?${code}`,
  }
}

// read is what the programs do with a link.
const read = {
  cursor: link => {
    const url = new URL(link)
    strictEqual(url.protocol + url.host + url.pathname, 'cursor:anysphere.cursor-deeplink/mcp/install')
    return { name: url.searchParams.get('name'), ...JSON.parse(atob(url.searchParams.get('config'))) }
  },
  vscode: link => {
    const uri = URI.parse(link)
    strictEqual(uri.path, 'mcp/install')
    return JSON.parse(decodeURIComponent(uri.query))
  },
}
read.vscode_insiders = read.vscode

const links = JSON.parse(readFileSync(manifest, 'utf8'))
deepStrictEqual(links, published(endpoint))
for (const [program, link] of Object.entries(links)) {
  const { name, url } = read[program](link)
  deepStrictEqual({ name, url }, { name: 'heygen', url: endpoint })
  console.log('ok:', program)
}

// A browser navigates, which fetch says that it does not.
const onPage = path => new Promise((resolve, reject) => {
  get(base + path, { headers: { Accept: 'text/html' } }, async res => {
    let html = ''
    for await (const part of res.setEncoding('utf8')) html += part
    resolve([...html.matchAll(/href="((?:cursor|vscode)[^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&')))
  }).on('error', reject)
})
deepStrictEqual(await onPage('/'), Object.values(published(endpoint)))
deepStrictEqual(await onPage('/mcp/x/videos,voices'), Object.values(published(`${endpoint}/x/videos,voices`)))
console.log('ok: the page of an endpoint')
