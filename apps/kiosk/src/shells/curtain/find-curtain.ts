import { type Curtain, NO_CURTAIN } from "./curtain.ts";
import { openXCurtain } from "./x-curtain.ts";

/** The curtain of the display that these variables name. Under Wayland, and without a display, there is none. */
export async function findCurtain(env: Readonly<Record<string, string | undefined>>): Promise<Curtain> {
  const { DISPLAY: display, WAYLAND_DISPLAY: compositor } = env;
  if (!display || compositor || env.VITRINE_HEADLESS === "1") return NO_CURTAIN;
  return openXCurtain(display);
}
