/** Where the pixels are in the file that Xvfb keeps a screen in, four bytes each: blue, green, red, nothing. */
export type ScreenLayout = { pixelsAt: number; rowBytes: number };

export const HEADER_BYTES = 100;
const COLOUR_BYTES = 12;

/** Reads the head of an X window dump, `HEADER_BYTES` at least. Throws when its pixels are of another form. */
export function readScreenLayout(head: Buffer): ScreenLayout {
  const field = (place: number) => head.readUInt32BE(place * 4);
  const [headerBytes, isBigEndian, bitsPerPixel] = [field(0), field(7), field(11)];
  if (bitsPerPixel !== 32 || isBigEndian !== 0)
    throw new Error(`The screen has ${bitsPerPixel} bits a pixel, 32 with the lowest byte first are read`);
  return { pixelsAt: headerBytes + field(19) * COLOUR_BYTES, rowBytes: field(12) };
}
