import { create } from "qrcode";
import { svg } from "../elements.ts";

/** Light modules around the code that a reader needs (ISO 18004 asks for 4; the white card adds the rest). */
const QUIET_MODULES = 1;

/** The QR code of a text as one path, one unit a module. */
export function drawQrCode(text: string): SVGElement {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + 2 * QUIET_MODULES;
  let path = "";
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`;
    }
  }
  return svg(
    "svg",
    { viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges", role: "img" },
    svg("path", { d: path }),
  );
}
