// What the pages are made of. Texts of others, such as titles and names, become text and never HTML: nothing here parses any.

// el makes an element. Children are elements or texts; what is null or false is left out.
const el = (tag, props = {}, ...children) => {
  const e = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value)
    else if (name === 'class') e.className = value
    else e.setAttribute(name, value === true ? '' : value)
  }
  e.append(...children.flat().filter(c => c !== null && c !== undefined && c !== false && c !== ''))
  return e
}

// icon draws one of a few signs, which say nothing to a screen reader.
const icon = name => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: 18, height: 18, 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })) svg.setAttribute(key, value)
  path.setAttribute('d', {
    download: 'M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14',
    again: 'M19 12a7 7 0 1 1-2.1-5M19 4v4h-4',
    open: 'M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5',
    large: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
    captions: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7 15h4M14 15h3',
    play: 'M8 5v14l11-7z', pause: 'M8 5v14M16 5v14', check: 'M5 12.5l4.5 4.5L19 7.5', film: 'M4 5h16v14H4zM10 9.5v5l4.5-2.5z',
    image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4', person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-4 4-6 8-6s8 2 8 6', pen: 'M4 20l1-5L16 4l4 4L9 19z',
  }[name])
  svg.append(path)
  return svg
}

// button is a button with a sign and words.
const button = (sign, words, press, kind = '') => el('button', { type: 'button', class: kind, onclick: press }, sign && icon(sign), el('span', {}, words))

// link gives back an address that may be loaded or opened, '' for any other: what is not the web's could be a script.
const link = given => {
  try {
    const url = new URL(given)
    const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    return url.protocol === 'https:' || url.protocol === 'http:' && here ? url.href : ''
  } catch {
    return ''
  }
}

// opener opens an address through the client, or as any link where that opens none.
const opener = (url, words, kind = '') => el('a', {
  href: url, target: '_blank', rel: 'noopener noreferrer', class: kind,
  onclick: event => {
    if (!host.can.open) return
    event.preventDefault()
    host.open(url)
  },
}, icon('open'), el('span', {}, words))

const main = document.getElementById('main')
const show = (...children) => main.replaceChildren(...children.flat().filter(Boolean))

// live is where a screen reader hears what changes.
const live = document.body.appendChild(el('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' }))
const announce = words => { if (live.textContent !== words) live.textContent = words }

// notice is a box with something to know.
const notice = (words, kind = '') => el('p', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : undefined }, words)

// text is a text of others, made short enough to stand on a page.
const text = (value, most = 200) => {
  const words = typeof value === 'string' ? value.trim() : ''
  const signs = [...words]
  return signs.length > most ? signs.slice(0, most - 1).join('') + '…' : words
}

// clock is a length of time as players tell it.
const clock = seconds => {
  const s = Math.max(0, Math.round(seconds))
  const two = n => String(n).padStart(2, '0')
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
}

const dollars = usd => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'USD' }).format(usd)

// What a page does until it is taken away.
const ends = []
host.on('ui/resource-teardown', () => {
  for (const end of ends.splice(0)) end()
  return {}
})
