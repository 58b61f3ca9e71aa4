// A file of the person's on its way to HeyGen: a slot is asked for, the bytes are put into it, and HeyGen is told that they are
// there. It goes from the browser to HeyGen's storage and never through a model.
const upload = async (file, told) => {
  const type = file.type || { mp4: 'video/mp4', webm: 'video/webm', mov: 'video/quicktime', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg' }[file.name.split('.').pop().toLowerCase()]
  const slot = await host.call('create_asset_upload', { filename: file.name, content_type: type, size_bytes: file.size })
  if (slot.max_bytes && file.size > slot.max_bytes) throw new Error(say('tooLarge', Math.floor(slot.max_bytes / 1e6)))
  const url = link(slot.upload_url)
  if (!url) throw new Error(say('noUpload'))
  await new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('PUT', url)
    for (const [name, value] of Object.entries(slot.upload_headers ?? {})) {
      if (!/^(content-length|host)$/i.test(name)) sending.setRequestHeader(name, String(value))
    }
    sending.upload.onprogress = e => { if (e.lengthComputable) told(e.loaded / e.total) }
    sending.onload = () => sending.status < 300 ? resolve() : reject(new Error(say('noUpload')))
    sending.onerror = () => reject(new Error(say('noUpload')))
    ends.push(() => sending.abort())
    sending.send(file)
  })
  await host.call('complete_asset_upload', { asset_id: slot.asset_id })
  return slot.asset_id
}
