import type { BrowserView } from "@vitrine/core/model/account";
import Bowser from "bowser";

/** What a `User-Agent` header says of a browser and what it runs on; whoever sends it may say anything. */
export function readUserAgent(userAgent: string): BrowserView {
  if (userAgent === "") return { browser: null, system: null, form: "unknown" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const named = (one: { name?: string | undefined; version?: string | undefined }) =>
    one.name ? [one.name, one.version?.split(".")[0]].filter(Boolean).join(" ").slice(0, 60) : null;
  return { browser: named(browser), system: os.name?.slice(0, 60) ?? null, form: formOf(platform.type) };
}

function formOf(type: string | undefined): BrowserView["form"] {
  if (type === "mobile") return "phone";
  return type === "desktop" || type === "tablet" ? type : "unknown";
}
