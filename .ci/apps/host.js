// The window that holds a page, as a client has it: the SDK's own AppBridge. The test drives it by window.host, and reads from
// it what the page has asked for.
import { AppBridge, PostMessageTransport, getToolUiResourceUri, isToolVisibilityAppOnly } from '@modelcontextprotocol/ext-apps/app-bridge'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

const mimeType = 'text/html;profile=mcp-app'
const everything = {
  openLinks: {}, downloadFile: {}, serverTools: {}, message: { text: {} }, updateModelContext: { text: {}, structuredContent: {} },
}

class Host {
  // connect begins a session in an era of the protocol.
  async connect(mode) {
    this.client = new Client({ name: 'apps', version: '1' }, {
      capabilities: { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [mimeType] } } }, versionNegotiation: { mode },
    })
    await this.client.connect(new StreamableHTTPClientTransport(new URL('/mcp', location.href)))
    this.tools = (await this.client.listTools()).tools
    return this.tools.map(tool => ({ name: tool.name, page: getToolUiResourceUri(tool) ?? '', appOnly: isToolVisibilityAppOnly(tool), meta: tool._meta }))
  }

  call(name, args) { return this.client.callTool({ name, arguments: args }) }

  // open shows the page of a tool in a frame, with what the tool was given, and what it has answered where that is there yet.
  async open(name, args, { result, capabilities = everything, context = {}, replace, refuse = [] } = {}) {
    await this.close()
    const tool = this.tools.find(one => one.name === name)
    const uri = getToolUiResourceUri(tool)
    const [page] = (await this.client.readResource({ uri })).contents
    if (page.mimeType !== mimeType) throw new Error(`${uri} is ${page.mimeType}`)
    const kept = await (await fetch('/keep', { method: 'POST', body: JSON.stringify({ html: page.text, csp: page._meta.ui.csp }) })).json()

    this.heard = { messages: [], contexts: [], downloads: [], links: [], modes: [], calls: [], sizes: [] }
    const frame = document.createElement('iframe')
    frame.sandbox = 'allow-scripts allow-same-origin'
    document.getElementById('place').replaceChildren(frame)
    const bridge = new AppBridge(null, { name: 'host', version: '1' }, capabilities, {
      hostContext: { theme: 'light', displayMode: 'inline', availableDisplayModes: ['inline', 'fullscreen'], locale: 'en-US', toolInfo: { tool }, ...context },
    })
    const note = (kind, what, answer = {}) => async params => {
      this.heard[kind].push(params)
      return refuse.includes(what) ? { isError: true } : typeof answer === 'function' ? answer(params) : answer
    }
    bridge.onmessage = note('messages', 'message')
    bridge.onupdatemodelcontext = note('contexts', 'context')
    bridge.ondownloadfile = note('downloads', 'download')
    bridge.onopenlink = note('links', 'link')
    bridge.onrequestdisplaymode = note('modes', 'mode', params => ({ mode: params.mode }))
    bridge.oncalltool = async params => {
      this.heard.calls.push(params)
      return replace?.[params.name] ?? this.client.callTool(params)
    }
    bridge.onsizechange = size => {
      this.heard.sizes.push(size)
      frame.style.height = `${size.height}px`
    }
    const ready = new Promise(resolve => { bridge.oninitialized = resolve })
    await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow))
    frame.src = kept.url
    await ready
    this.bridge = bridge
    await bridge.sendToolInput({ arguments: args })
    if (result !== null) await bridge.sendToolResult(result ?? await this.call(name, args))
  }

  async close() {
    if (!this.bridge) return
    await this.bridge.teardownResource({})
    await this.bridge.close()
    this.bridge = null
  }
}
window.host = new Host()
