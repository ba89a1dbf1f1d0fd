/** The locale of the texts, which are in English, with the dates and numbers of the reader's region: `de-AT` gives `en-AT`. */
export function formatLocale(language: string): string {
  try {
    const { region } = new Intl.Locale(language).maximize();
    return region ? `en-${region}` : "en";
  } catch {
    return "en";
  }
}
