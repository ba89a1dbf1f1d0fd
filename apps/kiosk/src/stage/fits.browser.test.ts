import { FITS, type Fit } from "@vitrine/core/model/asset";
import { ROTATIONS } from "@vitrine/core/model/device";
import sharp from "sharp";
import { expect, it } from "vitest";
import type { PlanMessage, StageItem, ZoneBox } from "../shared/messages.ts";
import { WHOLE_CANVAS } from "../shared/messages.ts";
import { colourOf } from "../testing/pixels.ts";
import { actPlan, media, plan, sequence, twoHalves } from "../testing/plans.ts";
import { SMALL_GLASS } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

type Rotation = (typeof ROTATIONS)[number];
type Point = readonly [x: number, y: number];

const GLASS: Point = [SMALL_GLASS.width, SMALL_GLASS.height];
/** Fractions of a zone at which the glass is looked at. */
const LOOKS = [0.04, 0.2, 0.4, 0.6, 0.8, 0.96];
/** This near to an edge of the drawing, a colour says nothing. */
const BLUR = 0.015;
const LEFT: ZoneBox = { left: 0, top: 0, width: 0.5, height: 1 };
const RIGHT: ZoneBox = { left: 0.5, top: 0, width: 0.5, height: 1 };

let drawing: string;

const openStage = withStage(async (folder) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="200" height="400" fill="red"/><rect x="200" width="200" height="400" fill="blue"/><rect width="400" height="100" fill="lime"/></svg>`;
  drawing = await folder.addBytes(await sharp(Buffer.from(svg)).png().toBuffer(), "image/png");
});

/** The square drawing: lime above, below it red on the left and blue on the right; black around it. */
function drawn([x, y]: Point): string {
  if (x < 0 || x >= 1 || y < 0 || y >= 1) return "black";
  if (y < 0.25) return "lime";
  return x < 0.5 ? "red" : "blue";
}

/** Where in the square drawing a point of a zone lies, the zone being `[width, height]` large. */
function inDrawing([x, y]: Point, [width, height]: Point, fit: Fit): Point {
  if (fit === "fill") return [x, y];
  const side = fit === "contain" ? Math.min(width, height) : Math.max(width, height);
  return [(x * width - (width - side) / 2) / side, (y * height - (height - side) / 2) / side];
}

/** Where on the panel a point of the canvas is seen; the canvas is turned clockwise. */
function onPanel([x, y]: Point, rotation: Rotation): Point {
  if (rotation === 90) return [1 - y, x];
  if (rotation === 180) return [1 - x, 1 - y];
  return rotation === 270 ? [y, 1 - x] : [x, y];
}

/** What was seen, and what should be, at many points of a zone. */
async function look(picture: Uint8Array, rotation: Rotation, box: ZoneBox, fit: Fit) {
  const canvas: Point = rotation % 180 === 0 ? GLASS : [GLASS[1], GLASS[0]];
  const size: Point = [canvas[0] * box.width, canvas[1] * box.height];
  const points = LOOKS.flatMap((x) => LOOKS.map((y): Point => [x, y])).filter(([x, y]) => {
    const near = [-BLUR, BLUR].flatMap((dx) => [-BLUR, BLUR].map((dy): Point => [x + dx, y + dy]));
    return new Set(near.map((point) => drawn(inDrawing(point, size, fit)))).size === 1;
  });
  const seen = await Promise.all(
    points.map(([x, y]) => {
      const [left, top] = onPanel([box.left + x * box.width, box.top + y * box.height], rotation);
      return colourOf(picture, { left, top, width: 0.002, height: 0.002 });
    }),
  );
  return { seen, wanted: points.map((point) => drawn(inDrawing(point, size, fit))) };
}

it("every fit is drawn as it should be in every rotation, on the whole canvas and in zones", async () => {
  await using stage = await openStage();
  let shown = 0;
  const capture = async (make: (slotId: string) => PlanMessage, isLast: (slotId: string) => boolean) => {
    shown += 1;
    await stage.send(make(`look-${shown}`));
    await stage.heard("shown", ({ slotId }) => slotId.endsWith(`look-${shown}`) && isLast(slotId));
    return stage.page.screenshot();
  };
  const slotsOf = (slotId: string, fit: Fit) => {
    const item: StageItem = media("image", drawing, fit);
    return sequence(Date.now(), [{ item, durationMs: 60_000, slotId }]);
  };
  for (const rotation of ROTATIONS) {
    await stage.send({ kind: "settings", rotation, volumePercent: 0 });
    for (const [index, fit] of FITS.entries()) {
      const whole = await capture(
        (slotId) => plan(slotsOf(slotId, fit)),
        () => true,
      );
      const { seen, wanted } = await look(whole, rotation, WHOLE_CANVAS, fit);
      expect(seen, `${fit} at ${rotation}°`).toEqual(wanted);
      expect(wanted.length).toBeGreaterThan(20);

      const other = FITS[(index + 1) % FITS.length] ?? fit;
      const zones = await capture(
        (slotId) =>
          actPlan(twoHalves(`act-${slotId}`, Date.now(), slotsOf(slotId, fit), slotsOf(slotId, other))),
        (slotId) => slotId.startsWith("right"),
      );
      const left = await look(zones, rotation, LEFT, fit);
      const right = await look(zones, rotation, RIGHT, other);
      expect(left.seen, `${fit} in a zone at ${rotation}°`).toEqual(left.wanted);
      expect(right.seen, `${other} in a zone at ${rotation}°`).toEqual(right.wanted);
    }
  }
});

it("a change of the fit alone shows with the next showing", async () => {
  await using stage = await openStage();
  const slots = sequence(
    Date.now(),
    FITS.map((fit) => ({ item: media("image", drawing, fit), durationMs: 1500 })),
  );
  await stage.send(plan(slots));
  for (const [index, fit] of FITS.entries()) {
    await stage.heard("shown", ({ slotId }) => slotId === slots[index]?.slotId);
    const { seen, wanted } = await look(await stage.page.screenshot(), 0, WHOLE_CANVAS, fit);
    expect(seen, fit).toEqual(wanted);
  }
});
