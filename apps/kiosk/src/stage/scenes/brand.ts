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
