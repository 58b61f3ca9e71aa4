// The avatar creator: of words, of a photo that is uploaded, of footage that needs consent.

// A PNG of one pixel.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export default async ({ view, open, call, heard, check, sees, until, looks, allow }) => {
  await open('open_avatar_creator', {})
  await sees('there is no form', view.getByLabel('Name'))
  await looks('avatar')
  await view.getByRole('button', { name: /Make the avatar/ }).click()
  await sees('nothing asks for a name', view.getByText('Give it a name.'))
  await view.getByLabel('Name').fill('Ann')
  check('the button does not say what it costs', /\$1/.test(await view.getByRole('button', { name: /Make the avatar/ }).textContent()))

  // A photo goes from the browser to where HeyGen says.
  await view.locator('input[type=file]').setInputFiles({ name: 'ann.png', mimeType: 'image/png', buffer: png })
  await sees('the photo is not to be seen', view.locator('.preview img'))
  await looks('avatar-photo')
  await view.getByRole('button', { name: /Make the avatar/ }).click()
  await until('the avatar is not made', async () => (await heard()).calls.some(c => c.name === 'create_avatar'))
  const names = (await heard()).calls.map(c => c.name)
  check('the photo was not uploaded first', names.slice(0, 3).join() === 'create_asset_upload,complete_asset_upload,create_avatar', names)
  check('bytes went through a tool', !JSON.stringify((await heard()).calls).includes('iVBOR'))
  await sees('how far it is, is not told', view.locator('.job, .who'))
  await sees('it is never ready', view.getByLabel('What shall it say?'), 60_000)
  await looks('avatar-ready')
  await view.getByLabel('What shall it say?').fill('Hello "there".')
  await view.getByRole('button', { name: 'See what it costs' }).click()
  await view.getByRole('button', { name: 'Make the video' }).click()
  await until('the video is not asked for', async () => (await heard()).messages.length === 1)
  check('the video was made from here', !(await heard()).calls.some(c => c.name.startsWith('create_video')))
  check('what is asked for is not the script', (await heard()).messages[0].content[0].text.includes('Hello \\"there\\".'), await heard())
  await looks('avatar-prepared')

  await open('open_avatar_creator', { from: 'prompt', name: 'Ben' })
  await view.getByLabel(/Who is it/).fill('A baker in her shop')
  await looks('avatar-words')
  await view.getByRole('button', { name: /Make the avatar/ }).click()
  await until('no avatar is made of words', async () => (await heard()).calls.some(c => c.name === 'create_avatar' && c.arguments.from === 'prompt' && c.arguments.name === 'Ben'))
  await sees('how far it is, is not told', view.locator('[role=progressbar], .who'))

  await open('open_avatar_creator', { from: 'footage' })
  await sees('nothing speaks of consent', view.getByText('must agree'))
  await looks('avatar-footage')
  await open('get_avatar_creation_status', { look_id: 'l' }, { result: { content: [], structuredContent: { look_id: 'l', group_id: 'g', name: '<b>Ann</b>', state: 'needs_input' } } })
  await view.getByRole('button', { name: 'Get the consent link' }).click()
  await until('the consent is not asked for', async () => (await heard()).messages[0]?.content[0].text.includes('g'))
  await looks('avatar-consent')

  await open('open_avatar_creator', {}, { capabilities: {} })
  await sees('it does not say that it can do nothing', view.getByText('lets pages do nothing'))
  check('a form is there that does nothing', await view.locator('form').count() === 0)

  const look = (await call('list_avatar_looks', { limit: 1, ownership: 'public' })).items[0].look_id
  await open('prepare_avatar_video', { avatar_id: look, script: 'Hello there.' })
  await sees('a prepared video cannot be asked for', view.getByRole('button', { name: 'Make the video' }))
  await looks('avatar-video')
}
