// One job of HeyGen's on a page: what it has made, or how far it is, until it has made it.

const inTheMaking = ['pending', 'running']

// The members in which tools tell where files are. The first that is there is the main one.
const files = [['video_url', 'video'], ['url', 'video'], ['audio_url', 'audio'], ['preview_video_url', 'video'], ['preview_image_url', 'image']]

// jobOf reads what a tool says of a job, in whatever form: a get's answer, a create's, a row of a wait.
const jobOf = (data, known = {}) => {
  const wait = data.wait_with ?? {}
  const kind = wait.kind ?? data.kind ?? known.kind ?? kindBy(data)
  const id = wait.ids?.[0] ?? data.id ?? data[`${kind}_id`] ?? data.video_id ?? data.session_id ?? data.look_id ?? data.video_translation_id ?? data.lipsync_id ?? known.id
  const main = files.map(([name, type]) => ({ url: link(data[name]), type })).find(one => one.url)
  return {
    kind, id, state: data.state ?? (main ? 'done' : 'running'), progress: Number(data.progress) || 0,
    title: text(data.title) || text(data.name) || known.title || '', main,
    captioned: link(data.captioned_video_url), subtitles: link(data.subtitle_url ?? data.srt_caption_url ?? data.caption_url ?? data.vtt_caption_url),
    poster: link(data.thumbnail_url ?? data.preview_image_url), seconds: Number(data.duration ?? data.duration_seconds) || 0,
    why: text(data.failure_message ?? data.heygen_message ?? data.error?.message, 600), next: text(data.next_step, 400), asks: text(data.asks, 400),
    page: link(data.page_url ?? data.session_url ?? data.video_page_url),
  }
}

// kindBy tells the kind of a job by what its id is called.
const kindBy = data => {
  const kinds = { video_translation_id: 'video_translation', lipsync_id: 'lipsync', session_id: 'video_agent', look_id: 'avatar_look', video_id: 'video' }
  return kinds[Object.keys(kinds).find(name => data[name])]
}

// jobsOf reads the jobs of a result, the one or several.
const jobsOf = (data, known) => {
  if (Array.isArray(data.done) && Array.isArray(data.pending)) {
    const told = { ...known, kind: data.kind ?? known.kind }
    return [...data.done, ...(data.asking ?? []), ...data.pending, ...(data.unknown ?? [])].map(one => jobOf(one, told))
  }
  return [jobOf(data, known)]
}

// watcher asks how a job is until it has ended, seldom after the first minutes, and not while nobody looks.
const watcher = (job, told) => {
  const begun = Date.now()
  let timer = 0
  let over = false
  const later = () => {
    if (!over) timer = setTimeout(ask, Date.now() - begun < 120_000 ? 5_000 : 15_000)
  }
  const ask = async () => {
    if (document.hidden) return later()
    try {
      const [now] = jobsOf(await host.call('get_job_progress', { kind: job.kind, id: job.id }), job)
      if (over || !now) return
      told(now, true)
      if (inTheMaking.includes(now.state)) later()
    } catch {
      if (over) return
      told(null, false)
      later()
    }
  }
  later()
  const end = () => {
    over = true
    clearTimeout(timer)
  }
  ends.push(end)
  return end
}

// fileName is what a file is called once it is downloaded.
const fileName = job => {
  const ending = job.main.url.split(/[?#]/)[0].match(/\.([a-z0-9]{2,4})$/i)?.[1] ?? { video: 'mp4', audio: 'mp3', image: 'png' }[job.main.type]
  const base = [...job.title].filter(c => !/[\p{C}\\/:*?"<>|]/u.test(c)).join('').trim().slice(0, 80) || `${job.kind ?? 'heygen'}-${job.id ?? ''}`
  return `${base}.${ending.toLowerCase()}`
}

const mimeType = job => ({ mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', wav: 'audio/wav', png: 'image/png', jpg: 'image/jpeg' })[fileName(job).split('.').pop()] ?? 'application/octet-stream'

// noun is what a job makes, in words.
const noun = job => say(job.main?.type ?? 'video').toLowerCase()

// ask says something to the model in the person's place. It names ids and never a title: what others have written must
// not speak for the person.
const ask = async (words, near) => {
  const sent = await host.say(words)
  const told = notice(sent ? say('sent') : say('unsent', words), sent ? 'said good' : 'said')
  near.querySelector('.said')?.remove()
  near.append(told)
  announce(told.textContent)
}

// hasTexts says whether the captions of a video can be read as texts.
const hasTexts = job => ['video', 'video_translation', 'lipsync'].includes(job.kind) && job.subtitles && host.can.call

// caption puts texts onto a video: those of its file as a track of the player, or the other video that has them in its picture.
const caption = async (job, video, pressed) => {
  if (hasTexts(job) && !job.cues) {
    try {
      job.cues = (await host.call('get_captions', { kind: job.kind, video_id: job.id })).cues
    } catch { /* the other video is left */ }
  }
  if (job.cues?.length) {
    const track = video.textTracks[0] ?? video.addTextTrack('captions', say('captions'), 'und')
    if (!track.cues?.length) {
      // A cue reads markup; the text of others is to stand there as it is.
      const plain = words => String(words).replace(/&/g, '&amp;').replace(/</g, '&lt;')
      for (const c of job.cues) if (c.end > c.start) track.addCue(new VTTCue(c.start, c.end, plain(c.text)))
    }
    track.mode = pressed ? 'showing' : 'disabled'
    return true
  }
  if (!job.captioned) return false
  const at = video.currentTime
  const playing = !video.paused
  video.src = pressed ? job.captioned : job.main.url
  video.addEventListener('loadedmetadata', () => {
    video.currentTime = at
    if (playing) video.play().catch(() => {})
  }, { once: true })
  return true
}

// media is the player, or what stands in its place where nothing may be played: the picture, a link and words.
const media = (job, fresh) => {
  const frame = el('div', { class: `media ${job.main.type}` })
  let tried = false
  const instead = () => {
    const picture = job.poster && el('img', { src: job.poster, alt: '', onerror: e => e.target.remove() })
    frame.replaceChildren(...[picture, el('p', { class: 'blocked' }, say('blocked'), ' ', opener(job.main.url, say('open')))].filter(Boolean))
    frame.classList.add('instead')
    for (const needless of frame.closest('.job')?.querySelectorAll('.playing') ?? []) needless.remove()
  }
  const broken = async () => {
    if (tried || !fresh) return instead()
    tried = true
    if (!await fresh()) instead()
  }
  if (job.main.type === 'image') frame.append(el('img', { src: job.main.url, alt: job.title || say('image'), onerror: instead }))
  else {
    frame.append(el(job.main.type, {
      src: job.main.url, poster: job.poster || undefined, controls: true, preload: 'metadata', playsinline: true,
      'aria-label': job.title || say(job.main.type), onerror: broken,
    }))
  }
  return frame
}

// finished shows what was made.
const finished = (job, renew) => {
  const box = el('article', { class: 'job' })
  const fresh = renew && (async () => {
    const now = await renew()
    if (!now?.main || now.main.url === job.main.url) return false
    draw(now)
    return true
  })
  const draw = now => {
    job = now
    const frame = media(job, fresh)
    const video = frame.querySelector('video')
    const more = el('div', { class: 'actions' })
    if (host.can.download) {
      more.append(button('download', say('download'), async e => {
        e.currentTarget.disabled = true
        const pressed = e.currentTarget
        if (!await host.download(job.main.url, fileName(job), mimeType(job))) pressed.replaceWith(opener(job.main.url, say('open'), 'main'))
        else pressed.disabled = false
      }, 'main'))
    } else more.append(opener(job.main.url, say('open'), 'main'))
    if (video && (job.captioned || hasTexts(job))) {
      const captions = button('captions', say('captions'), async () => {
        const pressed = captions.getAttribute('aria-pressed') !== 'true'
        captions.disabled = true
        if (await caption(job, video, pressed)) captions.setAttribute('aria-pressed', String(pressed))
        captions.disabled = false
      })
      captions.classList.add('playing')
      captions.setAttribute('aria-pressed', 'false')
      more.append(captions)
    }
    if (host.can.say && job.id) more.append(button('again', say('again'), () => ask(say('sayAgain', noun(job), job.id), box)))
    if (host.can.enlarge && video) {
      const large = () => host.context.displayMode === 'fullscreen'
      const size = button('large', say(large() ? 'smaller' : 'larger'), async () => {
        await host.enlarge(large() ? 'inline' : 'fullscreen')
        size.lastChild.textContent = say(large() ? 'smaller' : 'larger')
      })
      size.classList.add('playing')
      more.append(size)
    }
    const facts = [say('done'), job.seconds && clock(job.seconds)].filter(Boolean).join(' · ')
    box.replaceChildren(frame, el('header', {}, el('h1', {}, job.title || say(job.main.type)), el('p', { class: 'soft' }, facts)), more)
  }
  draw(job)
  ends.push(() => { for (const one of box.querySelectorAll('video, audio')) one.pause() })
  return box
}

// underWay shows how far a job is.
const underWay = (job, begun, news = true) => {
  const part = job.progress > 0 && job.progress < 100 ? job.progress : null
  const bar = el('div', { class: part ? 'bar' : 'bar unsure', role: 'progressbar', 'aria-label': say(job.state), 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': part ?? undefined }, el('span'))
  if (part) bar.firstChild.style.width = `${part}%`
  const passed = el('span', { class: 'passed' }, say('sofar', clock((Date.now() - begun) / 1000)))
  return el('article', { class: 'job way' },
    el('header', {}, el('h1', {}, job.title || say('video')), el('p', { class: 'soft' }, say(job.state), ' · ', passed)),
    bar, el('p', { class: 'soft' }, !host.can.call ? say('asleep') : news ? say('follows') : say('trying')),
    job.page && el('div', { class: 'actions' }, opener(job.page, say('open'))))
}

// ended shows a job that made nothing, or that waits for a person.
const ended = job => {
  const box = el('article', { class: 'job' }, el('header', {}, el('h1', {}, job.title || say('video')), el('p', { class: 'soft' }, say(job.state))))
  const said = job.asks || job.why || job.next
  if (said) box.append(notice(said, job.state === 'failed' ? 'bad' : ''))
  const more = el('div', { class: 'actions' })
  if (job.state === 'failed' && host.can.say && job.id) more.append(button('again', say('retry'), () => ask(say('sayRetry', noun(job), job.id), box), 'main'))
  if (job.page) more.append(opener(job.page, say('open')))
  if (more.children.length) box.append(more)
  return box
}

// follow puts a job into a place, and keeps it up to date there. whenDone hears of the job once it is done.
const follow = (job, place, whenDone) => {
  const begun = Date.now()
  const renew = async () => jobsOf(await host.call('get_job_progress', { kind: job.kind, id: job.id }), job)[0]
  const draw = (now, news = true) => {
    if (now.main && now.state === 'done') place.replaceChildren(finished(now, host.can.call && now.id ? () => renew().catch(() => null) : null))
    else place.replaceChildren(inTheMaking.includes(now.state) ? underWay(now, begun, news) : ended(now))
  }
  draw(job)
  if (!inTheMaking.includes(job.state) || !job.id || !host.can.call) return
  const ticking = setInterval(() => {
    const passed = place.querySelector('.passed')
    if (passed) passed.textContent = say('sofar', clock((Date.now() - begun) / 1000))
  }, 1000)
  ends.push(() => clearInterval(ticking))
  watcher(job, (now, news) => {
    if (now) job = { ...now, title: now.title || job.title }
    draw(job, news)
    announce(say(job.state))
    if (inTheMaking.includes(job.state)) return
    clearInterval(ticking)
    whenDone?.(job)
  })
}

// several shows the jobs of a wait for many, a row each.
const several = jobs => {
  const done = jobs.filter(job => job.state === 'done').length
  return el('article', { class: 'job' }, el('header', {}, el('h1', {}, say('of', done, jobs.length))),
    el('ul', { class: 'rows' }, jobs.map(job => el('li', {},
      el('span', { class: 'name' }, job.title || job.id || ''), el('span', { class: `soft ${job.state}` }, say(job.state)),
      job.main && opener(job.main.url, say('open'))))))
}

// showJobs is the page of a result about jobs. known is what the arguments say of them.
const showJobs = (res, known, whenDone) => {
  for (const end of ends.splice(0)) end()
  const data = host.data(res)
  if (res.isError || data.error === true) return show(notice(text(data.message, 600) || text(host.words(res), 600) || say('wrong'), 'bad'), data.next_step && el('p', { class: 'soft' }, text(data.next_step, 400)))
  const jobs = jobsOf(data, known)
  if (jobs.length > 1) return show(several(jobs))
  if (!jobs.length) return show(notice(say('unknown')))
  const place = el('div')
  show(place)
  follow(jobs[0], place, whenDone)
}

// jobPage is a page of jobs, from its first moment.
const jobPage = (name, whenDone) => {
  let known = {}
  let last = null
  show(el('div', { class: 'skeleton', role: 'img', 'aria-label': say('loading') }))
  host.on('ui/notifications/tool-input', ({ arguments: given = {} }) => {
    known = { kind: given.kind ?? kindBy(given), id: given.video_id ?? given.videoId ?? given.video_translation_id ?? given.lipsync_id ?? given.ids?.[0], title: text(given.title) }
  })
  host.on('ui/notifications/tool-result', res => {
    last = res
    showJobs(res, known, whenDone)
  })
  host.on('ui/notifications/tool-cancelled', () => {
    for (const end of ends.splice(0)) end()
    show(notice(say('stopped')))
  })
  host.connect(name).then(() => { if (!last) announce(say('loading')) }, () => show(notice(say('wrong'), 'bad')))
}
