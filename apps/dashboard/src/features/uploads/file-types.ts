/** What the file chooser offers first; the server decides by content, not by name. */
export const ACCEPT = "image/*,video/mp4,video/webm,.jpg,.jpeg,.png,.webp,.avif,.gif,.svg,.mp4,.m4v,.webm";

/** Files of a drop or a paste; folders and other things dragged along are left out. */
export function filesOf(transfer: DataTransfer | null): File[] {
  if (!transfer) return [];
  const entries = [...transfer.items].filter((item) => item.kind === "file");
  return entries.flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) return [];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
}
