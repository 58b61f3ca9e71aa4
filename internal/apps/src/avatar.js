// The avatar creator: what it is made of, the making, and then the first video of it. Money is spent by one button, which says how
// much; a video is never made from here, but asked for in the conversation.

const sources = [['photo', 'image'], ['prompt', 'pen'], ['footage', 'film']]

const field = (label, input) => el('label', { class: 'field' }, el('span', {}, label), input)

// creator is the form.
const creator = data => {
  const ways = Object.fromEntries((data.ways ?? []).map(way => [way.from, way]))
  let from = ways[data.from] ? data.from : 'photo'
  let file = null
  const name = el('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: text(data.name, 100) })
  const prompt = el('textarea', { rows: 3, maxlength: 1000 })
  const preview = el('div', { class: 'preview' })
  const chooser = el('input', { type: 'file', class: 'unseen', onchange: () => take(chooser.files[0]) })
  const drop = el('label', { class: 'drop', ondragover: e => e.preventDefault(), ondrop: e => {
    e.preventDefault()
    take(e.dataTransfer.files[0])
  } }, chooser, preview, el('span', { class: 'pick' }), el('span', { class: 'soft hint' }))
  const described = field(say('who'), prompt)
  const consent = el('p', { class: 'soft' }, say('consent'))
  const fault = el('p', { class: 'notice bad', role: 'alert', hidden: true })
  const price = el('p', { class: 'soft' })
  const go = button('person', say('make'), () => make(), 'main')

  const take = chosen => {
    if (!chosen) return
    file = chosen
    const url = URL.createObjectURL(file)
    ends.push(() => URL.revokeObjectURL(url))
    const gone = e => e.target.remove()
    preview.replaceChildren(from === 'photo' ? el('img', { src: url, alt: '', onerror: gone }) : el('video', { src: url, muted: true, playsinline: true, preload: 'metadata', onerror: gone }))
    drop.querySelector('.pick').replaceChildren(file.name)
    fault.hidden = true
  }
  const draw = () => {
    file = null
    chooser.value = ''
    preview.replaceChildren()
    chooser.accept = from === 'photo' ? 'image/png,image/jpeg' : 'video/mp4,video/webm,video/quicktime'
    drop.querySelector('.pick').replaceChildren(icon(from === 'photo' ? 'image' : 'film'), say('pick'))
    drop.querySelector('.hint').textContent = say(from === 'photo' ? 'pickPhoto' : 'pickFootage')
    drop.hidden = from === 'prompt'
    described.hidden = from !== 'prompt'
    consent.hidden = from !== 'footage'
    const cost = ways[from]?.cost_usd
    price.textContent = cost ? '' : say('noPrice')
    go.lastChild.textContent = cost ? `${say('make')} · ${dollars(cost)}` : say('make')
    fault.hidden = true
  }
  const wrong = (words, at) => {
    fault.textContent = words
    fault.hidden = false
    at?.focus()
  }
  const make = async () => {
    if (!name.value.trim()) return wrong(say('needName'), name)
    if (from === 'prompt' && !prompt.value.trim()) return wrong(say('needWords'), prompt)
    if (from !== 'prompt' && !file) return wrong(say('needFile'), chooser)
    const bar = el('div', { class: 'bar', role: 'progressbar', 'aria-label': say('uploading') }, el('span'))
    bar.firstChild.style.width = '2%'
    form.inert = true
    fault.hidden = true
    if (file) form.after(bar)
    try {
      const made = { from, name: name.value.trim() }
      if (file) made.asset_id = await upload(file, part => { bar.firstChild.style.width = `${Math.max(2, Math.round(part * 100))}%` })
      else made.prompt = prompt.value.trim()
      status(await host.call('create_avatar', made))
    } catch (e) {
      form.inert = false
      bar.remove()
      wrong(text(e.message, 400) || say('wrong'))
    }
  }
  const choices = el('fieldset', { class: 'choices' }, el('legend', { class: 'unseen' }, say('makeTitle')), sources.map(([key, sign]) => el('label', {},
    el('input', { type: 'radio', name: 'from', class: 'unseen', checked: key === from, onchange: () => {
      from = key
      draw()
    } }), icon(sign), el('span', {}, say(key)))))
  const form = el('form', { class: 'job', onsubmit: e => e.preventDefault() },
    el('h1', {}, say('makeTitle')), choices, drop, described, field(say('name'), name), consent, fault, el('div', { class: 'actions' }, go), price)
  draw()
  show(host.can.call ? form : [el('h1', {}, say('makeTitle')), notice(say('noCalls')), el('ul', { class: 'rows' }, Object.values(ways).map(way => el('li', {},
    el('span', { class: 'name' }, say(way.from)), way.cost_usd && el('span', { class: 'soft' }, say('price', dollars(way.cost_usd))))))])
}

// status follows an avatar until it can speak.
const status = data => {
  const place = el('div')
  const after = el('div', { class: 'job after' })
  show(place, after)
  const job = { ...jobOf(data, { kind: 'avatar_look' }), kind: 'avatar_look' }
  const group = data.group_id ?? data.avatar_group?.id
  const reached = now => {
    if (now.state === 'done') {
      host.tell(say('tellAvatar', now.id), { look_id: now.id, state: now.state })
      speak(now, after)
    } else if (now.state === 'needs_input' && group) {
      after.replaceChildren(notice(say('consent')), el('div', { class: 'actions' }, button('open', say('askConsent'), () => ask(say('sayConsent', group), after), 'main')))
    }
  }
  if (job.state === 'done') {
    face(job, place)
    return speak(job, after)
  }
  follow(job, place, now => {
    if (now.state === 'done') face(now, place)
    reached(now)
  })
  if (!inTheMaking.includes(job.state)) reached(job)
}

// face shows whom the avatar looks like.
const face = (job, place) => place.replaceChildren(el('article', { class: 'who' },
  job.poster && el('img', { src: job.poster, alt: '', onerror: e => e.target.remove() }),
  el('header', {}, el('h1', {}, job.title || say('ready')), el('p', { class: 'soft' }, say('ready')))))

// speak asks what the avatar shall say, and what that costs.
const speak = (job, place) => {
  const script = el('textarea', { rows: 4, maxlength: 5000 })
  const told = el('div')
  const check = button('', say('check'), async () => {
    if (!script.value.trim()) return script.focus()
    check.disabled = true
    try {
      told.replaceChildren(prepared(await host.call('prepare_avatar_video', { avatar_id: job.id, script: script.value.trim() })))
      check.className = ''
    } catch (e) {
      told.replaceChildren(notice(text(e.message, 400) || say('wrong'), 'bad'))
    }
    check.disabled = false
  }, 'main')
  place.replaceChildren(el('div', { class: 'job' }, field(say('script'), script), el('div', { class: 'actions' }, check), told))
}

// prepared is a video that can be made, and the button that asks for it.
const prepared = data => {
  const { avatar_id: look, voice_id: voice, script } = data.arguments ?? {}
  const cost = [data.estimated_duration_seconds && clock(data.estimated_duration_seconds), data.estimated_cost_usd && say('perVideo', dollars(data.estimated_cost_usd))].filter(Boolean).join(' · ')
  const box = el('div', { class: 'job' }, cost && el('p', {}, cost))
  const words = say('sayMake', look, voice ?? '–', JSON.stringify(script ?? ''))
  host.tell(say('tellAvatar', look), { arguments: data.arguments })
  box.append(el('div', { class: 'actions' }, button('film', say('makeVideo'), () => ask(words, box), 'main')))
  return box
}

show(el('div', { class: 'skeleton', role: 'img', 'aria-label': say('loading') }))
host.on('ui/notifications/tool-result', res => {
  for (const end of ends.splice(0)) end()
  const data = host.data(res)
  if (res.isError || data.error === true) return show(notice(text(data.message, 600) || text(host.words(res), 600) || say('wrong'), 'bad'))
  if (data.ways) return creator(data)
  if (!data.arguments) return status(data)
  const place = el('div')
  face({ title: text(data.name), poster: link(data.preview_image_url) }, place)
  show(place, el('blockquote', {}, text(data.arguments.script, 5000)), prepared(data))
})
host.on('ui/notifications/tool-cancelled', () => show(notice(say('stopped'))))
host.connect('heygen-avatar').catch(() => show(notice(say('wrong'), 'bad')))
