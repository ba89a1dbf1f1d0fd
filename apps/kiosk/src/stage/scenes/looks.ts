import { brandColours } from "@vitrine/core/model/brand-colours";
import type { About, Brand } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { resolveMedia } from "../panes/pane.ts";
import { texts } from "../texts.ts";
import { drawBrand } from "./brand.ts";
import { choosePlate } from "./logo-plate.ts";

/** What of a scene says whose screen it is: it is told again with each message, and may change. */
export interface Looks {
  /** The organization's logo, or ours. */
  readonly head: HTMLElement;
  /** What a technician looks for: whether the server is reached, addresses, version. */
  readonly foot: HTMLElement;
  update(told: LooksTold): void;
}

export interface LooksTold {
  brand?: Brand | undefined;
  about?: About | undefined;
  /** Undefined: not told. */
  isOnline?: boolean | undefined;
}

/** Gives a scene's element the organization's colours, and makes its head and foot. */
export function createLooks(panel: HTMLElement): Looks {
  const head = el("div", "panel-head", drawBrand());
  const state = el("span", "panel-state");
  const facts = el("span", "panel-facts");
  const foot = el("footer", "panel-foot", state, facts);
  let shown = "";

  const showLogo = (logoSrc: string | null, surface: string) => {
    const wanted = logoSrc === null ? "" : `${logoSrc} on ${surface}`;
    if (wanted === shown) return;
    shown = wanted;
    if (logoSrc === null) {
      head.replaceChildren(drawBrand());
      return;
    }
    const logo = el("img", "logo");
    logo.alt = "";
    logo.src = resolveMedia(logoSrc);
    logo.decode().then(
      () => {
        if (shown !== wanted) return;
        const plate = choosePlate(logo, surface);
        if (plate !== undefined) logo.dataset.plate = plate;
        head.replaceChildren(logo);
      },
      // Without its file, or broken: ours stays.
      () => undefined,
    );
  };

  return {
    head,
    foot,
    update({ brand, about, isOnline }) {
      const colours = brand?.color ? brandColours(brand.color) : undefined;
      if (colours === undefined) delete panel.dataset.brand;
      else panel.dataset.brand = colours.isDark ? "dark" : "light";
      for (const name of ["surface", "text", "muted"] as const) {
        if (colours === undefined) panel.style.removeProperty(`--${name}`);
        else panel.style.setProperty(`--${name}`, colours[name]);
      }
      showLogo(brand?.logoSrc ?? null, colours?.surface ?? DARK);
      state.hidden = isOnline === undefined;
      state.dataset.online = String(isOnline ?? true);
      state.textContent = isOnline ? texts.state.online : texts.state.offline;
      const version = about === undefined ? [] : [texts.state.version(about.version)];
      facts.textContent = [...(about?.addresses ?? []), ...version].join("  ·  ");
    },
  };
}

/** What our own scenes lie on. */
const DARK = "#0b0b0d";
