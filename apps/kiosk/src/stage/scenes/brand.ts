import { el, svg } from "../elements.ts";
import { texts } from "../texts.ts";

/** The mark: a shop window, its pane lit from the left. */
export function drawMark(): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 32 32", class: "mark", "aria-hidden": "true" },
    svg("rect", { x: "1", y: "1", width: "30", height: "30", rx: "8.5", class: "mark-frame" }),
    svg("path", { d: "M8.2 9.5 L16 23.5 L16 15.2 L12.8 9.5 Z", class: "mark-bright" }),
    svg("path", { d: "M23.8 9.5 L16 23.5 L16 15.2 L19.2 9.5 Z", class: "mark-soft" }),
  );
}

/** Mark and name in one line. */
export function drawBrand(): HTMLElement {
  const name = el("span", "brand-name", texts.product);
  const brand = el("div", "brand", name);
  brand.prepend(drawMark());
  return brand;
}

/** The mark's two panes, large and faint, for scenes with room beside their words. */
export function drawArt(): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 100 100", class: "art", "aria-hidden": "true" },
    svg(
      "defs",
      {},
      gradient("art-bright", "#6d66f2", "0.2", "0.02"),
      gradient("art-soft", "#22a5c4", "0.14", "0.01"),
    ),
    svg("path", { d: "M4 6 L50 90 L50 41 L31 6 Z", fill: "url(#art-bright)" }),
    svg("path", { d: "M96 6 L50 90 L50 41 L69 6 Z", fill: "url(#art-soft)" }),
  );
}

function gradient(id: string, colour: string, from: string, to: string): SVGElement {
  return svg(
    "linearGradient",
    { id, x1: "0", y1: "0", x2: "0", y2: "1" },
    svg("stop", { offset: "0", "stop-color": colour, "stop-opacity": from }),
    svg("stop", { offset: "1", "stop-color": colour, "stop-opacity": to }),
  );
}
