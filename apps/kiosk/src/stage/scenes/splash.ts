import type { Scene, SplashMessage } from "../../shared/messages.ts";
import { el } from "../elements.ts";
import { texts } from "../texts.ts";
import { createLooks } from "./looks.ts";
import type { Panel } from "./panel.ts";

const MEGABYTE = 1e6;

/** The mark, what is going on in a few words, and how far it has come once that is known. */
export function drawSplash(first: SplashMessage): Panel {
  const status = el("p", "splash-status");
  const figures = el("p", "splash-figures");
  const fill = el("div", "bar-fill");
  const bar = el("div", "bar splash-bar", fill);
  const screen = el("p", "splash-screen");
  const element = el("section", "panel splash");
  const looks = createLooks(element);
  const name = el("h1", "splash-name");
  const center = el("div", "splash-center", looks.head, name, status, bar, figures);
  element.append(center, screen, looks.foot);

  const update = (scene: Scene): boolean => {
    if (scene.kind !== "splash") return false;
    looks.update({ brand: scene.brand, about: scene.about });
    name.textContent = scene.brand?.logoSrc ? "" : texts.product;
    status.textContent = describe(scene);
    const progress = scene.status === "syncing" ? scene.progress : null;
    bar.dataset.known = String(progress !== null);
    fill.style.transform = `scaleX(${progress === null ? 0 : fractionOf(progress)})`;
    figures.textContent = progress === null ? "" : describeProgress(progress);
    screen.textContent = [scene.organizationName, scene.screenName]
      .filter((name) => name !== null)
      .join("  ·  ");
    return true;
  };
  update(first);
  return { element, update, refresh: () => undefined, dispose: () => undefined };
}

function describe({ status, serverHost }: SplashMessage): string {
  switch (status) {
    case "starting":
      return texts.splash.starting;
    case "connecting":
      return texts.splash.connecting(serverHost);
    case "offline":
      return texts.splash.offline(serverHost);
    case "syncing":
      return texts.splash.syncing;
  }
}

type Progress = NonNullable<SplashMessage["progress"]>;

function fractionOf({ readyBytes, totalBytes }: Progress): number {
  return totalBytes === 0 ? 1 : Math.min(1, readyBytes / totalBytes);
}

function describeProgress({ readyBytes, totalBytes }: Progress): string {
  const digits = totalBytes < 10 * MEGABYTE ? 1 : 0;
  const format = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return texts.splash.progress(
    format.format(readyBytes / MEGABYTE),
    `${format.format(totalBytes / MEGABYTE)} MB`,
  );
}
