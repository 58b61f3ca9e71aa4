// The picker: looks to see, voices to hear, or pairs of both. A choice is told to the model as it is made, and said in the
// person's place once they use it, by ids alone: names are written by others.

const gendered = words => ['female', 'male'].includes(words) ? say(words) : text(words, 30)
const tagsOf = given => (Array.isArray(given) ? given : String(given ?? '').split(',')).map(tag => text(tag, 24)).filter(Boolean)

// What each kind of list has: how to read a row, and what to say of one that is chosen.
const kinds = {
  looks: {
    title: 'lookTitle', rows: data => data.items, of: row => !!(row.look_id ?? row.avatar_id),
    read: row => ({
      id: row.look_id, name: text(row.name, 80), image: link(row.preview_image_url),
      facts: [gendered(row.gender), say(text(row.preferred_orientation, 12)), row.own && say('own'), ...tagsOf(row.tags).slice(0, 3)],
      tell: { look_id: row.look_id, name: text(row.name, 80), default_voice_id: row.default_voice_id },
    }),
    say: one => say('sayLook', one.id),
  },
  voices: {
    title: 'voiceTitle', rows: data => data.items ?? data.voices, of: row => !!row.voice_id,
    read: row => ({
      id: row.voice_id, name: text(row.name, 80), sound: link(row.preview_audio_url),
      facts: [text(row.language, 30), gendered(row.gender), text(row.accent, 20), (row.own || row.type === 'private') && say('own')],
      tell: { voice_id: row.voice_id, name: text(row.name, 80) },
    }),
    say: one => say('sayVoice', one.id),
  },
  pairs: {
    title: 'castTitle', rows: data => data.pairs, of: row => !!row.arguments,
    read: row => ({
      id: row.arguments.avatar_id, voice: row.arguments.voice_id, name: text(row.avatar || row.look, 80), voiceName: text(row.voice, 80), image: link(row.preview_image_url), sound: link(row.preview_audio_url),
      facts: [gendered(row.gender), text(row.language, 30), ...tagsOf(row.tags).slice(0, 2)],
      cost: row.estimated_cost_usd ? say('perVideo', dollars(row.estimated_cost_usd)) : row.usd_per_second && say('perMinute', dollars(row.usd_per_second * 60)),
      tell: { arguments: row.arguments },
    }),
    say: one => one.voice ? say('sayPair', one.id, one.voice) : say('sayLook', one.id),
  },
}

const kindOf = data => Object.values(kinds).find(kind => Array.isArray(kind.rows(data)) && (!kind.rows(data).length || kind.of(kind.rows(data)[0])))

// One sample plays at a time.
const sound = el('audio', { preload: 'none' })
let playing = null
const quiet = () => {
  sound.pause()
  playing?.classList.remove('on')
  playing?.replaceChildren(icon('play'))
  playing = null
}
sound.addEventListener('ended', quiet)
sound.addEventListener('error', () => {
  if (!playing) return
  const failed = playing
  quiet()
  failed.replaceWith(opener(failed.dataset.url, say('open'), 'sample'))
})
const sample = (url, name) => {
  if (!url) return el('span', { class: 'soft sample' }, say('noSample'))
  const play = el('button', { type: 'button', class: 'play', 'aria-label': say('listen', name), 'data-url': url, onclick: event => {
    event.preventDefault()
    const again = playing === play
    quiet()
    if (again) return
    playing = play
    play.classList.add('on')
    play.replaceChildren(icon('pause'))
    sound.src = url
    sound.play().catch(() => {})
  } }, icon('play'))
  return play
}

// portrait is a face, or where there is none to see the first letters of its name.
const portrait = one => {
  const letters = el('span', { class: 'letters', 'aria-hidden': 'true' }, [...one.name].slice(0, 1).join('').toUpperCase() || '?')
  if (!one.image) return el('span', { class: 'face' }, letters)
  return el('span', { class: 'face' }, el('img', { src: one.image, alt: '', loading: 'lazy', onerror: e => e.target.replaceWith(letters) }))
}

const card = (one, kind, choose) => {
  const pick = el('input', { type: 'radio', name: 'pick', class: 'unseen', onchange: () => choose(one) })
  const words = el('span', { class: 'words' }, el('b', {}, one.name || one.id), one.facts.filter(Boolean).length > 0 && el('span', { class: 'soft' }, one.facts.filter(Boolean).join(' · ')),
    one.voiceName && el('span', { class: 'soft voice' }, one.voiceName), one.cost && el('span', { class: 'soft cost' }, one.cost))
  const marked = el('span', { class: 'mark' }, icon('check'))
  if (kind === kinds.voices) return el('label', { class: 'card row' }, pick, sample(one.sound, one.name), words, marked)
  return el('label', { class: 'card' }, pick, portrait(one), words, kind === kinds.pairs && one.voice && sample(one.sound, one.voiceName || one.name), marked)
}

// withMedia asks for what is to be seen and heard of rows, where they do not have it: the same list in full, or each by its id.
const withMedia = async (kind, rows, tool, given) => {
  if (!host.can.call) return rows
  const lacks = row => kind === kinds.voices ? !row.preview_audio_url : !row.preview_image_url
  if (!rows.some(lacks)) return rows
  if (kind !== kinds.pairs && tool) {
    try {
      const full = kind.rows(await host.call(tool, { ...given, detail: 'full', previews: undefined })) ?? []
      const id = kind === kinds.voices ? 'voice_id' : 'look_id'
      const by = new Map(full.map(row => [row[id], row]))
      rows = rows.map(row => ({ ...row, ...by.get(row[id]) }))
    } catch { /* there is less to see */ }
    return rows
  }
  return Promise.all(rows.slice(0, 12).map(async row => {
    const [look, voice] = await Promise.all([
      host.call('get_avatar_look', { look_id: row.arguments.avatar_id }).catch(() => ({})),
      row.arguments.voice_id ? host.call('get_voice', { voice_id: row.arguments.voice_id }).catch(() => ({})) : {},
    ])
    return { ...row, preview_image_url: look.preview_image_url, preview_audio_url: voice.preview_audio_url }
  }))
}

let tool = ''
let given = {}
let shown = 0 // which list is shown: what an earlier one still asks for comes too late

const list = async data => {
  const mine = ++shown
  const kind = kindOf(data)
  const rows = kind?.rows(data) ?? []
  if (!rows.length) return show(notice(text(data.note, 300) || say('none')))
  let chosen = null
  const grid = el('div', { class: kind === kinds.voices ? 'list' : 'grid', role: 'radiogroup', 'aria-label': say(kind.title) })
  const use = button('check', say('use'), async () => {
    const words = kind.say(chosen)
    const sent = await host.say(words)
    bar.querySelector('.notice')?.remove()
    bar.append(notice(sent ? say('sent') : say('unsent', words), sent ? 'good' : ''))
  }, 'main')
  const name = el('span', { class: 'picked', 'aria-live': 'polite' })
  const bar = el('div', { class: 'bottom', hidden: true }, name, use)
  const choose = one => {
    chosen = one
    name.textContent = say('chosen', one.name || one.id)
    bar.hidden = false
    bar.querySelector('.notice')?.remove()
    host.tell(kind.say(one), one.tell)
  }
  const fill = all => grid.replaceChildren(...all.map(row => card(kind.read(row), kind, choose)))
  const more = data.next_token && host.can.call && tool && button('', say('more'), async () => {
    more.disabled = true
    try {
      const next = await host.call(tool, { ...given, token: data.next_token })
      const fresh = await withMedia(kind, kind.rows(next) ?? [], tool, { ...given, token: data.next_token })
      grid.append(...fresh.map(row => card(kind.read(row), kind, choose)))
      data.next_token = next.next_token
      if (!next.next_token) more.remove()
    } catch (e) {
      more.before(notice(text(e.message), 'bad'))
    }
    more.disabled = false
  })
  show(el('h1', {}, say(kind.title)), grid, more && el('div', { class: 'actions' }, more), bar, sound)
  fill(rows)
  const whole = await withMedia(kind, rows, tool, given)
  if (mine === shown && whole !== rows && !chosen) fill(whole)
}

show(el('div', { class: 'skeleton', role: 'img', 'aria-label': say('loading') }))
host.on('context', context => { tool = context.toolInfo?.tool?.name ?? tool })
host.on('ui/notifications/tool-input', input => { given = input.arguments ?? {} })
host.on('ui/notifications/tool-result', res => {
  const data = host.data(res)
  if (res.isError || data.error === true) return show(notice(text(data.message, 600) || text(host.words(res), 600) || say('wrong'), 'bad'))
  list(data)
})
host.on('ui/notifications/tool-cancelled', () => show(notice(say('stopped'))))
ends.push(quiet)
host.connect('heygen-picker').catch(() => show(notice(say('wrong'), 'bad')))
