// What each SDK does in each mode: it lists, reads, asks for a prompt and a resource, makes a video and waits for it. The SDKs check
// every result against the protocol's schemas, and a tool's against the schema that the tool has published.
import assert from 'node:assert/strict'

// tour takes a client that is connected, how a tool is called with it, whose account it is, and a title for the video: from one
// account the same arguments would make the same video.
export async function tour(client, call, email, title) {
  const { tools } = await client.listTools()
  const names = tools.map(t => t.name)
  for (const name of ['get_current_user', 'list_avatar_looks', 'create_video_from_avatar', 'wait_for_jobs']) {
    assert.ok(names.includes(name), `there is no ${name} in ${names}`)
  }

  const user = result(await call('get_current_user', {}))
  assert.equal(user.email, email)
  const looks = result(await call('list_avatar_looks', { limit: 2 }))
  assert.equal(looks.items.length, 2)

  const made = result(await call('create_video_from_avatar', { avatar_id: looks.items[0].id, script: 'Hello!', title }))
  assert.ok(made.video_id, JSON.stringify(made))
  const told = []
  const waited = result(await call('wait_for_jobs', { kind: 'video', ids: [made.video_id] }, { onprogress: p => told.push(p) }))
  assert.equal(waited.finished, true, JSON.stringify(waited))
  assert.equal(waited.done[0].title, title)
  assert.equal(told.at(-1)?.message, '1 of 1 done', JSON.stringify(told))
  assert.ok(told.length > 1 && told.every((p, i) => i === 0 || p.progress > told[i - 1].progress), JSON.stringify(told))

  const refused = await call('get_video', { video_id: 'no-such-video' })
  assert.equal(refused.isError, true, JSON.stringify(refused))
  assert.equal(refused.structuredContent.error, true, JSON.stringify(refused))

  const { prompts } = await client.listPrompts()
  assert.ok(prompts.some(p => p.name === 'make_video'), JSON.stringify(prompts))
  const prompt = await client.getPrompt({ name: 'make_video', arguments: { topic: 'the tides' } })
  assert.match(prompt.messages[0].content.text, /Make a HeyGen video about: the tides/)

  const { resources } = await client.listResources()
  assert.ok(resources.some(r => r.uri === 'heygen://guides/limits'), JSON.stringify(resources))
  const guide = await client.readResource({ uri: 'heygen://guides/limits' })
  assert.match(guide.contents[0].text, /^#/)
  const video = await client.readResource({ uri: `heygen://videos/${made.video_id}` })
  assert.equal(JSON.parse(video.contents[0].text).title, title)
  return told.length
}

// result is what a call that succeeded says, in both of its forms alike.
function result(res) {
  assert.ok(!res.isError, JSON.stringify(res))
  assert.deepEqual(JSON.parse(res.content[0].text), res.structuredContent)
  return res.structuredContent
}
