/**
 * The kiosk's own options out of an Electron command line: what follows `--`, else all after the program (and,
 * unpackaged, the app's path) that is not a switch of Chromium's.
 */
export function kioskArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const separator = argv.indexOf("--");
  if (separator >= 0) return argv.slice(separator + 1);
  return argv.slice(isPackaged ? 1 : 2).filter((argument) => !CHROMIUM_SWITCH.test(argument));
}

const CHROMIUM_SWITCH =
  /^--(no-sandbox|disable-gpu|ozone-platform|enable-features|disable-features|use-gl)(=|$)/;
