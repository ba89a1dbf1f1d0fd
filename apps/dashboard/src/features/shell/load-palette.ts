/** Fetches the palette's script; asked for already when the search is pointed at, or its keys begin to be pressed. */
export function loadPalette() {
  return import("./palette.tsx");
}
