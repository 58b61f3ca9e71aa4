// What a page and the client around it say to each other: JSON-RPC in messages of windows, by MCP Apps of 2026-01-26.
// The page has one peer, the window that holds it, and listens to no other.
const host = (() => {
  const version = '2026-01-26'
  const patience = 60_000 // ms that a request of the page may take
  const waiting = new Map()
  const heard = {}
  let serial = 0
  let can = {}
  let context = {}

  const post = message => window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*')
  const notify = (method, params = {}) => post({ method, params })

  const request = (method, params = {}, time = patience) => new Promise((resolve, reject) => {
    const id = ++serial
    const timer = setTimeout(() => {
      waiting.delete(id)
      reject(new Error(`${method} was not answered`))
    }, time)
    waiting.set(id, { resolve, reject, timer })
    post({ id, method, params })
  })

  // on says who is told of a notification, or answers a request, of the client's.
  const on = (method, listener) => { heard[method] = listener }

  const answered = ({ id, result, error }) => {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    clearTimeout(one.timer)
    if (error) one.reject(Object.assign(new Error(String(error.message ?? 'refused')), { code: error.code }))
    else one.resolve(result ?? {})
  }

  const asked = async ({ id, method, params }) => {
    if (method === 'ping') return post({ id, result: {} })
    if (!heard[method]) return post({ id, error: { code: -32601, message: 'Method not found' } })
    try {
      post({ id, result: await heard[method](params ?? {}) ?? {} })
    } catch (e) {
      post({ id, error: { code: -32603, message: String(e.message) } })
    }
  }

  window.addEventListener('message', event => {
    const m = event.data
    if (event.source !== window.parent || !m || m.jsonrpc !== '2.0') return
    if (typeof m.method !== 'string') answered(m)
    else if (m.id !== undefined && m.id !== null) asked(m)
    else heard[m.method]?.(m.params ?? {})
  })

  // look takes over what the client says of itself: theme, colors, fonts, language, and the edges that it covers.
  const look = changed => {
    context = { ...context, ...changed }
    const root = document.documentElement
    if (context.theme === 'light' || context.theme === 'dark') {
      root.dataset.theme = context.theme
      root.style.colorScheme = context.theme
    }
    for (const [name, value] of Object.entries(changed.styles?.variables ?? {})) {
      if (!name.startsWith('--')) continue
      if (typeof value === 'string') root.style.setProperty(name, value)
      else root.style.removeProperty(name)
    }
    if (typeof changed.styles?.css?.fonts === 'string') {
      const fonts = document.getElementById('fonts') ?? document.head.appendChild(Object.assign(document.createElement('style'), { id: 'fonts' }))
      fonts.textContent = changed.styles.css.fonts
    }
    const edges = context.safeAreaInsets
    if (edges) document.body.style.padding = ['top', 'right', 'bottom', 'left'].map(side => `${Number(edges[side]) || 0}px`).join(' ')
    root.dataset.mode = context.displayMode ?? 'inline'
  }

  // tellSize keeps the client's frame as high as the page.
  const tellSize = () => {
    let last = ''
    const tell = () => {
      const { width, height } = document.documentElement.getBoundingClientRect()
      const size = { width: Math.ceil(width), height: Math.ceil(height) }
      if (JSON.stringify(size) === last) return
      last = JSON.stringify(size)
      notify('ui/notifications/size-changed', size)
    }
    new ResizeObserver(() => requestAnimationFrame(tell)).observe(document.documentElement)
    tell()
  }

  // connect begins; what was asked to hear of is heard from then on.
  const connect = async name => {
    on('ui/notifications/host-context-changed', changed => {
      look(changed)
      heard.context?.(context)
    })
    const res = await request('ui/initialize', {
      appInfo: { name, version: '1' }, protocolVersion: version,
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
    })
    can = res.hostCapabilities ?? {}
    look(res.hostContext ?? {})
    heard.context?.(context)
    notify('ui/notifications/initialized')
    tellSize()
  }

  // What follows asks only for what the client has said that it does, and tells by false that it does not or would not.
  const attempt = async (able, method, params) => {
    if (!able) return false
    try {
      return !(await request(method, params)).isError
    } catch {
      return false
    }
  }
  const text = words => [{ type: 'text', text: words }]

  return {
    on, connect,
    get context() { return context },
    get can() {
      return {
        call: !!can.serverTools, say: !!can.message, tell: !!can.updateModelContext, open: !!can.openLinks, download: !!can.downloadFile,
        enlarge: !!context.availableDisplayModes?.includes('fullscreen'),
      }
    },
    // call calls a tool of the server's. What it answers is an object; a refusal of the tool's is thrown with its words.
    async call(name, args) {
      if (!can.serverTools) throw new Error('no tools')
      const res = await request('tools/call', { name, arguments: args })
      const data = host.data(res)
      if (res.isError || data.error === true) throw Object.assign(new Error(data.message || host.words(res)), { data })
      return data
    },
    // data is what a result holds, in whichever form the client has left it.
    data(res) {
      if (res?.structuredContent && typeof res.structuredContent === 'object') return res.structuredContent
      for (const one of res?.content ?? []) {
        if (one.type !== 'text') continue
        try {
          const data = JSON.parse(one.text)
          if (data && typeof data === 'object') return data
        } catch { /* words, and no object */ }
      }
      return {}
    },
    words: res => (res?.content ?? []).filter(one => one.type === 'text').map(one => one.text).join('\n'),
    say: words => attempt(can.message, 'ui/message', { role: 'user', content: text(words) }),
    tell: (words, structuredContent) => attempt(can.updateModelContext, 'ui/update-model-context', { content: text(words), structuredContent }),
    open: url => attempt(can.openLinks, 'ui/open-link', { url }),
    download: (uri, name, mimeType) => attempt(can.downloadFile, 'ui/download-file', { contents: [{ type: 'resource_link', uri, name, mimeType }] }),
    enlarge: async mode => {
      try {
        const res = await request('ui/request-display-mode', { mode })
        look({ displayMode: res.mode })
      } catch { /* it stays as it is */ }
    },
  }
})()
