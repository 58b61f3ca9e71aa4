// What a page looks like is compared with a committed picture of it, of a pixel for each block of 16 by 16. Real letters would differ from machine
// to machine (shrunk until they are gray, another font changes up to 27 % of a picture, and a lost style sheet 7 to 17 %), so
// that for the picture all text is set in bars (blocks.mjs); that the page fits with real letters the landmarks of look.mjs tell.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { blocks } from './blocks.mjs'

// What is measured: an equal page differs by nothing at all, in another font too, and one more line of text by far more than this. What is
// allowed is for other versions of Chromium.
const strong = 12 // of 255, in the mean of a block: what an eye notices
const mostStrong = 5 // blocks, whatever the size of the page: the mark and the name above it are 8 where they are faintest
const mostMean = 0.3 // of 255
const step = 8 // of 255, in which colors are kept, so that pictures are small; a difference of half of it is none

// stage makes a page comparable: bars for letters, nothing that moves, no film and no player's own buttons, and one day for all days.
const stage = async font => {
  const face = new FontFace('bars', Uint8Array.from(atob(font), c => c.charCodeAt()))
  document.fonts.add(await face.load())
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`*, ::before, ::after, ::placeholder { font-family: bars !important; animation: none !important; transition: none !important }
    video { object-position: -9999px !important } ::-webkit-media-controls { display: none !important } audio { background: gray }`)
  document.adoptedStyleSheets = [sheet]
  const changed = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const day = node.data.replace(/\b\d{1,2} [A-Z][a-z]+ \d{4}\b/g, '30 November 2026')
    if (day !== node.data) changed.push([node, node.data])
    node.data = day
  }
  globalThis.unstage = () => {
    document.adoptedStyleSheets = []
    for (const [node, text] of changed) node.data = text
  }
}

// measure reduces a picture and compares it with the one that is kept, in a page that is used for nothing else: a browser reads
// and writes PNG without a package.
const measure = async ({ taken, kept, strong, step }) => {
  const block = 16, scale = 4
  const picture = async base64 => createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
  const drawing = (width, height) => new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  const pixels = image => {
    const to = drawing(image.width, image.height)
    to.drawImage(image, 0, 0)
    return to.getImageData(0, 0, image.width, image.height)
  }
  const png = async from => {
    const data = new Uint8Array(await (await from.canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
    return btoa(Array.from(data, byte => String.fromCharCode(byte)).join(''))
  }
  const reduced = image => {
    const { width, height, data } = pixels(image)
    const out = new ImageData(Math.ceil(width / block), Math.ceil(height / block))
    for (let row = 0; row < out.height; row++) for (let column = 0; column < out.width; column++) {
      let red = 0, green = 0, blue = 0, n = 0
      for (let y = row * block; y < Math.min(height, (row + 1) * block); y++) {
        for (let x = column * block; x < Math.min(width, (column + 1) * block); x++, n++) {
          const at = 4 * (y * width + x)
          red += data[at]
          green += data[at + 1]
          blue += data[at + 2]
        }
      }
      out.data.set([red, green, blue].map(sum => Math.round(sum / n)).concat(255), 4 * (row * out.width + column))
    }
    return out
  }
  const now = reduced(await picture(taken))
  const told = { width: now.width, height: now.height, pixels: Array.from(now.data, value => Math.min(255, step * Math.round(value / step))) }
  if (!kept) return told
  const before = pixels(await picture(kept))
  const width = Math.max(now.width, before.width), height = Math.max(now.height, before.height)
  const difference = new ImageData(width, height)
  let sum = 0, many = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const [a, b] = [now, before].map(of => x < of.width && y < of.height ? of.data.subarray(4 * (y * of.width + x)) : null)
    const apart = [0, 1, 2].map(c => a && b ? Math.max(0, Math.abs(a[c] - b[c]) - step / 2) : 255)
    sum += apart[0] + apart[1] + apart[2]
    if (Math.max(...apart) > strong) many++
    difference.data.set([...apart.map(d => 255 - d), 255], 4 * (y * width + x))
  }
  told.mean = sum / 3 / width / height
  told.many = many
  const beside = drawing(scale * (3 * width + 2), scale * height)
  beside.imageSmoothingEnabled = false
  for (const [i, image] of [before, now, difference].entries()) {
    const one = drawing(image.width, image.height)
    one.putImageData(image, 0, 0)
    beside.drawImage(one.canvas, i * scale * (width + 1), 0, scale * image.width, scale * image.height)
  }
  told.beside = await png(beside)
  return told
}

// encoded is a PNG of opaque pixels, in fewer bytes than a browser writes.
const encoded = ({ width, height, pixels }) => {
  const lines = Buffer.alloc(height * (1 + 3 * width))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    lines.set(pixels.slice(4 * (y * width + x), 4 * (y * width + x) + 3), y * (1 + 3 * width) + 1 + 3 * x)
  }
  const chunk = (name, data) => {
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length)
    out.write(name, 4)
    out.set(data, 8)
    out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
    return out
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  const body = deflateSync(lines, { level: 9 })
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

// open is the gallery of the pictures that are kept in a directory. It puts what differs into the directory out. With update, what is seen is kept from then on.
export async function open(browser, directory, out, update) {
  const desk = await browser.newPage()
  const seen = new Set()
  for (const made of [directory, out]) mkdirSync(made, { recursive: true })
  // differs tells what is not as it was, or "". A page of which none is kept is a difference as well. A trial leaves no
  // trace.
  const differs = async (page, name, trial = false) => {
    const keep = update && !trial
    seen.add(`${name}.png`)
    const file = `${directory}/${name}.png`
    await page.evaluate(stage, blocks)
    const taken = (await page.screenshot({ fullPage: true })).toString('base64')
    await page.evaluate(() => globalThis.unstage())
    const kept = !keep && existsSync(file) ? readFileSync(file).toString('base64') : ''
    const now = await desk.evaluate(measure, { taken, kept, strong, step }), { mean, many, beside } = now
    if (keep) writeFileSync(file, encoded(now))
    if (keep || (kept && mean <= mostMean && many <= mostStrong)) return ''
    const wanted = 'If it is wanted, .ci/browser.sh --update keeps it, in .ci/browser/pictures.'
    if (!kept) return `no picture of it is kept. ${wanted}`
    if (!trial) writeFileSync(`${out}/differs-${name}.png`, Buffer.from(beside, 'base64'))
    return `it looks other than before, by ${mean.toFixed(2)} of 255 in the mean and strongly in ${many} of its ${now.width * now.height} blocks: ` +
      `see before, now and the difference in ${out}/differs-${name}.png. ${wanted}`
  }
  // left are the pictures that are kept of no page.
  const left = () => readdirSync(directory).filter(file => !seen.has(file))
  return { out, differs, left }
}
