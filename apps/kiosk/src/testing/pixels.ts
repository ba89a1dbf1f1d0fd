import sharp from "sharp";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A part of a picture in fractions of its size. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

const MIDDLE: Region = { left: 0.4, top: 0.4, width: 0.2, height: 0.2 };

const COLOURS: Record<string, Rgb> = {
  black: [0, 0, 0],
  white: [255, 255, 255],
  red: [255, 0, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
};

/** The mean colour of a part of an encoded picture: its middle unless told. */
export async function meanColour(picture: Uint8Array, region = MIDDLE): Promise<Rgb> {
  const image = sharp(picture);
  const { width, height } = await image.metadata();
  const pixels = await image
    .extract({
      left: Math.floor(region.left * width),
      top: Math.floor(region.top * height),
      width: Math.max(1, Math.floor(region.width * width)),
      height: Math.max(1, Math.floor(region.height * height)),
    })
    .removeAlpha()
    .raw()
    .toBuffer();
  const mean = (channel: number) => {
    let sum = 0;
    for (let index = channel; index < pixels.length; index += 3) sum += pixels[index] ?? 0;
    return (sum * 3) / pixels.length;
  };
  return [mean(0), mean(1), mean(2)];
}

/** The name of the nearest of the test colours; they are far apart, so codecs do not matter. */
export async function colourOf(picture: Uint8Array, region = MIDDLE): Promise<string> {
  const mean = await meanColour(picture, region);
  const distances = Object.entries(COLOURS).map(([name, rgb]) => ({ name, distance: distance(mean, rgb) }));
  distances.sort((one, other) => one.distance - other.distance);
  const [nearest] = distances;
  return nearest !== undefined && nearest.distance < 120
    ? nearest.name
    : `rgb(${mean.map(Math.round).join(" ")})`;
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** Size and format of an encoded picture. */
export async function pictureSize(
  picture: Uint8Array,
): Promise<{ width: number; height: number; format: string }> {
  const { width, height, format } = await sharp(picture).metadata();
  return { width, height, format };
}
