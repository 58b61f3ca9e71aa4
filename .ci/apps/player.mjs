// The player and the progress of a job.
const hostile = '<img src=x onerror=alert(1)> & "Q3"'

export default async ({ page, view, open, call, heard, check, sees, until, looks, allow }) => {
  const look = (await call('list_avatar_looks', { limit: 1, ownership: 'public' })).items[0].look_id
  const script = 'Hello, and welcome to the third quarter.'

  // A create shows how far its job is, by asking itself, and turns into the player.
  await open('create_video_from_avatar', { avatar_id: look, script, title: hostile })
  await sees('a job under way has no bar', view.locator('[role=progressbar]'))
  check('the title is not told as text', await view.locator('h1').textContent() === hostile)
  check('a title became an element', await view.locator('img[src=x]').count() === 0)
  await looks('progress')
  await sees('the job never turned into its video', view.locator('video'), 60_000)
  await until('the page does not ask by itself', async () => (await heard()).calls.some(c => c.name === 'get_job_progress'))
  await until('the model is not told that it is done', async () => (await heard()).contexts.some(c => c.structuredContent?.state === 'done'))
  check('a title speaks to the model', !JSON.stringify((await heard()).contexts).includes('onerror'))
  const id = (await heard()).contexts[0].structuredContent.id

  // The player plays.
  await open('show_video', { video_id: id })
  await sees('the player is not there', view.locator('video'))
  await until('the video has no length', () => view.locator('video').evaluate(v => v.duration > 0))
  await view.locator('video').evaluate(v => { v.muted = true; return v.play() })
  await until('the video does not run', () => view.locator('video').evaluate(v => v.currentTime > 0.1))
  await view.getByRole('button', { name: 'Captions' }).click()
  await until('the captions do not show', () => view.locator('video').evaluate(v => [...v.textTracks].some(t => t.mode === 'showing' && t.cues.length > 0) || v.currentSrc.includes('captioned')))
  check('the button does not say that captions are on', await view.getByRole('button', { name: 'Captions' }).getAttribute('aria-pressed') === 'true')

  await view.getByRole('button', { name: 'Download' }).click()
  await until('nothing is downloaded', async () => (await heard()).downloads.length === 1)
  const [file] = (await heard()).downloads[0].contents
  check('the download is no link of an mp4', file.type === 'resource_link' && file.mimeType === 'video/mp4' && /^[^<>"]+\.mp4$/.test(file.name) && file.uri.startsWith('http'), file)
  await view.getByRole('button', { name: 'Another take' }).click()
  await until('nothing is said', async () => (await heard()).messages.length === 1)
  const said = (await heard()).messages[0]
  check('the message is not the person’s, about the video, without its title', said.role === 'user' && said.content[0].text.includes(id) && !said.content[0].text.includes('onerror'), said)
  await view.getByRole('button', { name: 'Larger' }).click()
  await until('the mode is not asked for', async () => (await heard()).modes[0]?.mode === 'fullscreen')
  await looks('player')
  const sizes = (await heard()).sizes
  check('the page does not tell its height', sizes.length > 0 && sizes.every(s => s.height > 100 && s.height < 2000), sizes)

  // The client's colors, fonts and language.
  await page.evaluate(() => window.host.bridge.setHostContext({ theme: 'dark', locale: 'de-DE', styles: { variables: { '--color-background-primary': 'rgb(1, 2, 3)', '--font-sans': 'Georgia, serif' } } }))
  await until('the client’s colors are not taken', () => view.locator('body').evaluate(e => getComputedStyle(e).backgroundColor === 'rgb(1, 2, 3)' && getComputedStyle(e).fontFamily.startsWith('Georgia')))
  await open('show_video', { video_id: id }, { context: { locale: 'de-DE' } })
  await sees('it speaks no German', view.getByRole('button', { name: 'Herunterladen' }))
  for (const [locale, download] of [['zh-TW', '下載'], ['zh-HK', '下載'], ['zh-CN', '下载'], ['zh', '下载']]) {
    await open('show_video', { video_id: id }, { context: { locale } })
    await sees(`it speaks another script to ${locale}`, view.getByRole('button', { name: download }))
  }

  // A translation and a lip-sync play with their captions too.
  const talk = 'https://example.com/talk.mp4'
  const { video_translation_ids: [translation] } = await call('create_video_translation', { video: talk, output_languages: ['Spanish (Spain)'], title: 'The talk' })
  const { lipsync_id: lipsync } = await call('create_lipsync', { video: talk, audio: 'https://example.com/talk.mp3' })
  for (const [tool, kind, job, given] of [['get_video_translation', 'video_translation', translation, { video_translation_id: translation }], ['get_lipsync', 'lipsync', lipsync, { lipsync_id: lipsync }]]) {
    while (!(await call('wait_for_jobs', { kind, ids: [job] })).finished);
    await open(tool, given)
    await sees(`${tool} shows no player`, view.locator('video'))
    await view.getByRole('button', { name: 'Captions' }).click()
    await until(`${tool}: the captions do not show`, () => view.locator('video').evaluate(v => [...v.textTracks].some(t => t.mode === 'showing' && t.cues.length > 0)))
  }
  await open('show_video', { video_id: id })

  // When it is taken away, it stops, and says that it has.
  await view.locator('video').evaluate(v => { v.muted = true; return v.play() })
  await page.evaluate(() => window.host.bridge.teardownResource({}))
  check('the video runs on after the end', await view.locator('video').evaluate(v => v.paused))

  // A client that does nothing for a page is asked for nothing.
  await open('show_video', { video_id: id }, { capabilities: {} })
  await sees('there is no link in place of a download', view.getByRole('link', { name: 'Open' }))
  check('it offers what the client cannot do', await view.getByRole('button', { name: /Download|Another take/ }).count() === 0)
  // One that says no is not asked twice.
  await open('show_video', { video_id: id }, { refuse: ['download', 'message'] })
  await view.getByRole('button', { name: 'Another take' }).click()
  await sees('it does not tell what to say', view.getByText('takes no message'))
  await view.getByRole('button', { name: 'Download' }).click()
  await sees('there is no link after a download was refused', view.getByRole('link', { name: 'Open' }))

  // Where media is blocked, the picture, a link and words stand in its place.
  allow([/Content Security Policy|violates|Failed to load/])
  const video = await call('get_video', { video_id: id })
  const blocked = { ...video, video_url: 'https://blocked.example/v.mp4' }
  await open('get_video', { video_id: id }, { result: { content: [], structuredContent: blocked }, replace: { get_job_progress: { content: [], structuredContent: { done: [blocked], pending: [] } } } })
  await sees('nothing stands in place of a blocked video', view.getByText('cannot be played here'))
  check('the picture is gone too', await view.locator('.media img').count() === 1)
  await looks('blocked')
  // A link that has expired is fetched anew, by itself.
  await open('get_video', { video_id: id }, { result: { content: [], structuredContent: blocked } })
  await sees('a fresh link is not fetched', view.locator('video[src*="127.0.0.1"]'))
  allow([])

  // What a tool answers in text alone is read as well.
  await open('get_video', { video_id: id }, { result: { content: [{ type: 'text', text: JSON.stringify(video) }] } })
  await sees('the text of a result is not read', view.locator('video'))
  await open('get_video', { video_id: id }, { result: { isError: true, content: [{ type: 'text', text: '{"error":true,"message":"No <b>video</b> has this id."}' }] } })
  await sees('a refusal is not told', view.getByText('No <b>video</b> has this id.'))
  await looks('refused')
  const failed = { ...video, title: hostile, video_url: undefined, captioned_video_url: undefined, status: 'failed', state: 'failed', failure_message: `The script was refused. ${hostile}` }
  await open('get_video', { video_id: id }, { result: { content: [], structuredContent: failed } })
  await sees('a failure does not say why', view.getByText('The script was refused.'))
  await looks('failed')
  await open('get_video', { video_id: id }, { result: null })
  await page.evaluate(() => window.host.bridge.sendToolCancelled({ reason: 'x' }))
  await sees('a cancelled call is not told', view.getByText('This was stopped.'))

  // A wait for several is a list; for one it plays.
  const other = await call('create_video_from_avatar', { avatar_id: look, script: 'A second one.', title: 'A title that is long enough to need more than one line on a narrow screen' })
  await call('wait_for_jobs', { kind: 'video', ids: [other.video_id], timeout_seconds: 50 })
  await open('wait_for_jobs', { kind: 'video', ids: [id, other.video_id], timeout_seconds: 0 })
  await sees('several jobs are no list', view.getByText('2 of 2 ready'))
  await looks('several')
  await open('wait_for_jobs', { ids: [other.video_id], timeout_seconds: 0 })
  await sees('a wait for one does not play', view.locator('video'))
}
