/** Media types that are stored and served, each with its token in addresses, which is its file extension. */
const EXTENSIONS = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/gif": "gif",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "application/gzip": "gz",
} as const satisfies Record<string, string>;

export type MediaType = keyof typeof EXTENSIONS;
export const MEDIA_TYPES = Object.keys(EXTENSIONS) as MediaType[];

/** File extension of a media type that we serve, without a dot; undefined for any other type. */
export function findExtension(mediaType: string): string | undefined {
  return Object.hasOwn(EXTENSIONS, mediaType) ? EXTENSIONS[mediaType as MediaType] : undefined;
}

/** The media type of an extension that we serve; undefined for any other. */
export function findMediaType(extension: string): MediaType | undefined {
  return MEDIA_TYPES.find((type) => EXTENSIONS[type] === extension);
}
