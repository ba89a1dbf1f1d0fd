/**
 * A `Content-Disposition` with a name that every system can store: no path, no control characters, always with
 * the file's true extension (RFC 6266: an ASCII name, and the whole one in UTF-8).
 */
export function contentDisposition(kind: "inline" | "attachment", name: string, extension: string): string {
  const stem = name
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .replace(new RegExp(`\\.${extension}$`, "i"), "")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 150)
    .toWellFormed();
  const full = `${stem || "file"}.${extension}`;
  const ascii = full.replace(/[^\x20-\x7e]+/g, "_").replace(/[%;]/g, "_");
  const isPlain = ascii === full;
  return `${kind}; filename="${ascii}"${isPlain ? "" : `; filename*=UTF-8''${encodeName(full)}`}`;
}

/** RFC 8187 leaves fewer characters alone than `encodeURIComponent` does. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
