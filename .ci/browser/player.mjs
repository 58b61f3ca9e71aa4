// A person watches what was made: while it renders, when it is done, with captions, as sound alone, and what is another account's.
import { browse, caller, check, forms } from './look.mjs'

// sandbox is the URL of the imitation of HeyGen, whose clock stands still for as long as something is to be seen on
// its way, and is an hour later then.
export async function watch(browser, base, gallery, sandbox) {
  const hold = on => fetch(`${sandbox}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ hold: on, advance_seconds: on ? 0 : 3600 }) })
  for (const form of forms) {
    const { context, page, look } = await browse(browser, form, gallery, '400|404|422')
    const { name } = form
    const signIn = async account => {
      await page.getByLabel('Use an API key').fill(`sk_sandbox_${account}`)
      await page.getByLabel('Use an API key').press('Enter')
    }
    const [call, other] = ['mia', 'noa'].map(account => caller(base, account))
    const { items: [face] } = await call('list_avatar_looks', { limit: 1, ownership: 'public' })
    const title = 'Spring offer <b>for</b> our regular customers: what is new, what stays, and Donaudampfschifffahrtsgesellschaft'
    const script = 'Good morning, and welcome. This is the spring offer. It begins on Monday, and it ends when the last of it is gone.'
    const make = (call, what) => call('create_video_from_avatar', { avatar_id: face.look_id, script, title: what, caption: { style: 'default' }, idempotency_key: name })
    await hold(true)
    const { video_id: id } = await make(call, title)
    const { video_id: theirs } = await make(other, 'Of another account')
    const { video_translation_ids: [sound] } = await call('create_video_translation', {
      video: 'https://example.com/talk.mp4', output_languages: ['Spanish (Spain)'], translate_audio_only: true, title: 'The talk', idempotency_key: name,
    })

    const address = `${base}/v/${id}`
    await page.goto(address)
    await look('20-player-sign-in')
    await signIn('mia')
    await page.getByRole('status').waitFor()
    check(`${name}: led to ${page.url()}`, page.url() === address)
    await look('21-player-renders')
    await hold(false)
    const film = page.locator('video')
    await film.waitFor() // the page turns into it by itself
    await page.waitForFunction(() => document.querySelector('video').readyState > 0)
    await page.waitForFunction(() => document.querySelector('video').textTracks[0].cues?.length > 1)
    await look('22-player')
    check(`${name}: it has no length`, await film.evaluate(e => e.duration > 1))
    check(`${name}: it does not play`, await film.evaluate(async e => { e.muted = true; await e.play(); return !e.paused }))
    await film.evaluate(e => e.pause())
    const shown = page.getByLabel('Captions')
    const mode = () => film.evaluate(e => e.textTracks[0].mode)
    check(`${name}: captions are ${await mode()}`, await mode() === 'showing')
    await shown.selectOption('Off')
    check(`${name}: captions are ${await mode()}`, await mode() === 'hidden')
    await shown.selectOption('In the picture')
    await page.waitForFunction(() => document.querySelector('video').src.includes('captioned') && document.querySelector('video').readyState > 0)
    const link = await page.getByRole('link', { name: 'Download the video' }).getAttribute('href')
    const file = await context.request.get(new URL(link, base).href)
    check(`${name}: the download is ${file.headers()['content-type']}`, file.headers()['content-type'] === 'video/mp4')
    const srt = await context.request.get(`${address}/captions.srt`)
    check(`${name}: the captions are ${await srt.text()}`, (await srt.text()).startsWith('1\n00:00:00,000'))

    while (!(await call('wait_for_jobs', { ids: [sound] })).finished);
    const told = await call('get_video_translation', { video_translation_id: sound })
    await page.goto(told.page_url)
    await page.locator('audio').waitFor()
    await look('23-player-sound')

    await page.goto(`${base}/v/${theirs}`)
    await page.getByRole('heading', { name: 'There is no such video in this account' }).waitFor()
    await look('24-player-foreign')
    await page.getByRole('link', { name: 'Sign in to another account' }).click()
    await signIn('noa')
    await page.getByRole('heading', { name: 'Of another account' }).waitFor()
    await page.goto(`${base}/v/${id}`)
    await page.getByRole('heading', { name: 'There is no such video in this account' }).waitFor()
    await context.close()
    console.log('ok: the player,', name)
  }
}
