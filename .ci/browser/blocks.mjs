// A font whose every character is the same gray bar, half as wide as it is high, so that a page's layout and colors can be compared on
// machines with other fonts. It is made here, because only its measures matter: https://learn.microsoft.com/typography/opentype/spec.
const bytes = (...fields) => {
  const out = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of fields) {
    if (value < 0) out.writeIntBE(value, at, size)
    else if (size > 6) out.writeBigUInt64BE(BigInt(value), at)
    else out.writeUIntBE(value, at, size)
    at += size
  }
  return out
}
const u8 = v => [1, v], u16 = v => [2, v], u32 = v => [4, v], u64 = v => [8, v]
const em = 1000, advance = 500, ascent = 800, descent = -200, left = 20, right = 480, top = 560

const missing = 0, space = 1, bar = 2 // the first would have the browser look for another font
const groups = [[0, 0x20, space], [0x21, 0x9f, bar], [0xa0, 0xa0, space], [0xa1, 0x10ffff, bar]]

const tables = {
  'OS/2': bytes(u16(4), u16(advance), u16(400), u16(5), ...Array(12).fill(u16(0)), u64(0), u16(0), u32(0), u32(0), u32(0), u32(0), u32(0),
    u16(0x40), u16(0x20), u16(0xffff), u16(ascent), u16(descent), u16(0), u16(ascent), u16(-descent), u32(0), u32(0), u16(top), u16(top), u16(0), u16(0x20), u16(1)),
  cmap: bytes(u16(0), u16(1), u16(3), u16(10), u32(12), // many characters to one glyph: format 13
    u16(13), u16(0), u32(16 + 12 * groups.length), u32(0), u32(groups.length), ...groups.flat().map(u32)),
  glyf: bytes(u16(1), u16(left), u16(0), u16(right), u16(top), u16(3), u16(0), u8(1), u8(1), u8(1), u8(1),
    u16(left), u16(0), u16(right - left), u16(0), u16(0), u16(top), u16(0), u16(-top), u16(0)),
  head: bytes(u16(1), u16(0), u32(0x10000), u32(0), u32(0x5f0f3cf5), u16(0), u16(em), u64(0), u64(0), u16(left), u16(0), u16(right), u16(top),
    u16(0), u16(8), u16(2), u16(0), u16(0)),
  hhea: bytes(u16(1), u16(0), u16(ascent), u16(descent), u16(0), u16(advance), u16(0), u16(em - advance), u16(right), u16(1), ...Array(7).fill(u16(0)), u16(3)),
  hmtx: bytes(...[missing, space, bar].flatMap(glyph => [u16(advance), u16(glyph === bar ? left : 0)])),
  maxp: bytes(u32(0x10000), u16(3), u16(4), u16(1), u16(0), u16(0), u16(2), ...Array(8).fill(u16(0))),
  name: bytes(u16(0), u16(0), u16(6)),
  post: bytes(u32(0x30000), ...Array(7).fill(u32(0))),
}
tables.loca = bytes(u16(0), u16(0), u16(0), u16(Math.ceil(tables.glyf.length / 2)))

const sum = table => {
  let total = 0
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0
  return total
}
const padded = table => Buffer.concat([table, Buffer.alloc(-table.length & 3)])

// blocks is the font as base64.
export const blocks = (() => {
  const names = Object.keys(tables).sort()
  let offset = 12 + 16 * names.length
  const index = [], bodies = []
  for (const name of names) {
    const body = padded(tables[name])
    index.push(Buffer.from(name), bytes(u32(sum(body)), u32(offset), u32(tables[name].length)))
    bodies.push(body)
    offset += body.length
  }
  const power = 2 ** Math.floor(Math.log2(names.length))
  const start = bytes(u32(0x10000), u16(names.length), u16(16 * power), u16(Math.log2(power)), u16(16 * (names.length - power)))
  return Buffer.concat([start, ...index, ...bodies]).toString('base64')
})()
