export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "vitrine-theme";

/** The look that this browser chose; `system` follows the machine. */
export function storedTheme(storage: Pick<Storage, "getItem">): Theme {
  const stored = storage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Shows the page in the look and remembers it. `public/theme.js` does the same before the first paint. */
export function chooseTheme(
  theme: Theme,
  storage: Pick<Storage, "setItem" | "removeItem">,
  root: HTMLElement,
): void {
  if (theme === "system") {
    storage.removeItem(KEY);
    delete root.dataset.theme;
    return;
  }
  storage.setItem(KEY, theme);
  root.dataset.theme = theme;
}
