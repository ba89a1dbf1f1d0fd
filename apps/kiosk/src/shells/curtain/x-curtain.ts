import { createClient, type XClient, type XDisplay } from "x11";
import { requireExt, type XComposite } from "x11/lib/ext/composite.js";
import type { Curtain } from "./curtain.ts";

const COPY_FROM_PARENT = 0;
const INPUT_OUTPUT = 1;
const INCLUDE_INFERIORS = 1;
const RETAIN_TEMPORARY = 2;
const ALL_RETAINED = 0;
const DESTROY_ALL = 0;
const AUTOMATIC = 0;
const UNREDIRECT_SUBWINDOWS = 4;

interface Picture {
  pixmap: number;
  width: number;
  height: number;
}

/**
 * The curtain of an X display. It has a backdrop, which lies under all windows that are opened later and holds the
 * last picture, and, while it is lowered, a window of the overlay that lies over all of them. The X server copies the
 * pictures and keeps both windows when this process dies; the next one takes them over. Rejects when there is no such
 * display, or it cannot do this.
 */
export async function openXCurtain(display: string): Promise<Curtain> {
  const found = await connect(display);
  const { client, screen } = found;
  let isGone = false;
  const onGone = () => {
    isGone = true;
  };
  client.on("error", () => undefined);
  client.on("end", onGone);
  const [first] = screen;
  if (!first) throw new Error(`The display ${display} has no screen`);
  const { root, root_depth: depth } = first;
  const composite = await new Promise<XComposite>((resolve, reject) => {
    requireExt(found, (error, extension) => (error ? reject(error) : resolve(extension)));
  });
  client.SetCloseDownMode(RETAIN_TEMPORARY);
  const context = client.AllocID();
  client.CreateGC(context, root, { subwindowMode: INCLUDE_INFERIORS, graphicsExposures: 0 });

  const measure = () =>
    new Promise<{ width: number; height: number }>((resolve, reject) => {
      client.GetGeometry(root, (error, size) => (error ? reject(error) : resolve(size)));
    });
  const take = ({ width, height }: { width: number; height: number }): Picture => {
    const pixmap = client.AllocID();
    client.CreatePixmap(pixmap, root, depth, width, height);
    client.CopyArea(root, pixmap, context, 0, 0, 0, 0, width, height);
    return { pixmap, width, height };
  };
  const openWindow = (parent: number, { pixmap, width, height }: Picture): number => {
    const window = client.AllocID();
    const values = { backgroundPixmap: pixmap, overrideRedirect: true };
    const place = [0, 0, width, height, 0] as const;
    client.CreateWindow(window, parent, ...place, COPY_FROM_PARENT, INPUT_OUTPUT, COPY_FROM_PARENT, values);
    client.MapWindow(window);
    return window;
  };

  let picture = take(await measure());
  const backdrop = openWindow(root, picture);
  let cover: number | undefined;
  let isWanted = false;
  // What a former life of this kiosk left lies under the new backdrop, which shows the same.
  client.KillClient(ALL_RETAINED);

  /** The display may have been turned or given another size since. */
  const retake = async () => {
    const size = await measure();
    if (isGone || isWanted) return;
    const former = picture;
    picture = take(size);
    client.ChangeWindowAttributes(backdrop, { backgroundPixmap: picture.pixmap });
    if (former.width !== size.width || former.height !== size.height)
      client.ResizeWindow(backdrop, size.width, size.height);
    client.FreePixmap(former.pixmap);
  };

  return {
    remember() {
      if (!isGone && !isWanted) retake().catch(() => undefined);
    },
    async lower() {
      if (isGone || isWanted) return;
      isWanted = true;
      const overlay = await new Promise<number | undefined>((resolve) => {
        composite.GetOverlayWindow(root, (error, window) => resolve(error ? undefined : window));
        client.on("end", () => resolve(undefined));
      });
      if (overlay === undefined) return;
      if (isWanted) cover = openWindow(overlay, picture);
      else composite.ReleaseOverlayWindow(root);
      // What windows paint meanwhile is kept for when they are seen.
      if (isWanted) composite.RedirectSubwindows(root, AUTOMATIC);
    },
    raise() {
      if (isGone || !isWanted) return;
      isWanted = false;
      if (cover === undefined) return;
      client.DestroyWindow(cover);
      cover = undefined;
      composite.ReleaseOverlayWindow(root);
      unredirect(client, composite, root);
    },
    async [Symbol.asyncDispose]() {
      if (isGone) return;
      client.SetCloseDownMode(DESTROY_ALL);
      const ended = new Promise<void>((resolve) => client.on("end", () => resolve()));
      client.terminate();
      await ended;
    },
  };
}

/** As the library's own, with the last word of the request, which that leaves out. */
function unredirect(client: XClient, { majorOpcode }: XComposite, root: number): void {
  const request = Buffer.alloc(12);
  request.writeUInt8(majorOpcode, 0);
  request.writeUInt8(UNREDIRECT_SUBWINDOWS, 1);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt32LE(root, 4);
  request.writeUInt8(AUTOMATIC, 8);
  client.seq_num += 1;
  client.pack_stream.put(request);
  client.pack_stream.submit();
}

function connect(display: string): Promise<XDisplay> {
  return new Promise((resolve, reject) => {
    const client: XClient = createClient({ display }, (error, found) =>
      error ? reject(error) : resolve(found),
    );
    client.on("error", reject);
  });
}
