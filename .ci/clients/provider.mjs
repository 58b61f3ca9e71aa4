// What both SDKs ask of a program that signs in: somewhere to keep what they learn, a browser, and a loopback port to come back to.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

export async function provider(name) {
  let arrive
  const arrived = new Promise(done => { arrive = done })
  const listener = createServer((req, res) => {
    res.setHeader('Content-Type', 'text/html')
    res.end('<!doctype html><title>back</title><h1>Back at the client</h1>')
    const at = new URL(req.url, 'http://127.0.0.1')
    if (at.pathname === '/callback') arrive(at.searchParams)
  })
  await new Promise(done => listener.listen(0, '127.0.0.1', done))
  const redirectUrl = `http://127.0.0.1:${listener.address().port}/callback`
  const state = randomUUID()
  let registered, tokens, verifier, discovered, browser
  return {
    redirectUrl,
    clientMetadata: {
      client_name: name, redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
    },
    state: () => state,
    clientInformation: () => registered,
    saveClientInformation(given) { registered = given },
    tokens: () => tokens,
    saveTokens(given) { tokens = given },
    saveCodeVerifier(given) { verifier = given },
    codeVerifier: () => verifier,
    saveDiscoveryState(given) { discovered = given },
    discoveryState: () => discovered,
    redirectToAuthorization(address) {
      browser = new Promise((done, fail) => execFile(process.env.BROWSER, [address.href], error => error ? fail(error) : done()))
    },

    // arrived gives what the person came back with, once they have.
    async arrived() {
      const [back] = await Promise.all([arrived, browser])
      if (back.get('state') !== state) throw new Error(`came back with ${back}`)
      return back
    },
    // stale leaves a token that the server does not know: the SDK has to find out, and to renew it.
    stale() { tokens = { ...tokens, access_token: 'hgm_no_such_token' } },
    accessToken: () => tokens.access_token,
    close: () => listener.close(),
  }
}
