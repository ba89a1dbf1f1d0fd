/** HTML that is safe to write as it is. */
export type Markup = { readonly markup: string };

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Template tag: every text put in comes out as that text, in content and in quoted attributes alike. */
export function html(
  strings: TemplateStringsArray,
  ...values: (string | number | Markup | readonly Markup[])[]
): Markup {
  const markup = strings.map((part, at) => part + toMarkup(values[at] ?? "")).join("");
  return { markup };
}

function toMarkup(value: string | number | Markup | readonly Markup[]): string {
  if (typeof value === "object") {
    return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("\n");
  }
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
