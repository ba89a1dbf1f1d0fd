/** The part of the X protocol that the curtain speaks. */
declare module "x11" {
  type Id = number;
  type Answer<Value> = (error: Error | null | undefined, value: Value) => void;

  export interface XClient {
    AllocID(): Id;
    CreatePixmap(id: Id, drawable: Id, depth: number, width: number, height: number): void;
    FreePixmap(id: Id): void;
    CreateGC(id: Id, drawable: Id, values: { subwindowMode: number; graphicsExposures: number }): void;
    CopyArea(
      from: Id,
      to: Id,
      context: Id,
      fromX: number,
      fromY: number,
      toX: number,
      toY: number,
      width: number,
      height: number,
    ): void;
    CreateWindow(
      id: Id,
      parent: Id,
      x: number,
      y: number,
      width: number,
      height: number,
      border: number,
      depth: number,
      kind: number,
      visual: number,
      values: { backgroundPixmap: Id; overrideRedirect: boolean },
    ): void;
    ChangeWindowAttributes(id: Id, values: { backgroundPixmap: Id }): void;
    ResizeWindow(id: Id, width: number, height: number): void;
    MapWindow(id: Id): void;
    DestroyWindow(id: Id): void;
    GetGeometry(id: Id, answer: Answer<{ width: number; height: number; depth: number }>): void;
    SetCloseDownMode(mode: number): void;
    KillClient(resource: Id): void;
    on(event: "error" | "end", listener: (error?: unknown) => void): void;
    terminate(): void;
    seq_num: number;
    pack_stream: { put(request: Buffer): void; submit(): void };
  }

  export interface XDisplay {
    client: XClient;
    screen: { root: Id; root_depth: number }[];
  }

  export function createClient(options: { display: string }, answer: Answer<XDisplay>): XClient;
}

declare module "x11/lib/ext/composite.js" {
  import type { XDisplay } from "x11";

  type Answer<Value> = (error: Error | null | undefined, value: Value) => void;

  export interface XComposite {
    majorOpcode: number;
    GetOverlayWindow(root: number, answer: Answer<number>): void;
    ReleaseOverlayWindow(root: number): void;
    RedirectSubwindows(root: number, update: number): void;
  }

  export function requireExt(display: XDisplay, answer: Answer<XComposite>): void;
}
