import type { Diagnosis } from "@vitrine/core/model/device-health";
import type { useTranslations } from "use-intl";

type Sources = {
  t: ReturnType<typeof useTranslations<"diagnosis">>;
  bytes: (sizeBytes: number) => string;
  /** Says a length of time in milliseconds. */
  length: (ms: number) => string;
  /** Of the playlist that plays in the end. */
  playlistName: string | null;
  /** Of its disk. */
  freeBytes: number | null;
};

/** A cause in words: what it is, what that means, what to do, and the screen's own text where it gave one. */
export function diagnosisWords(
  { code, data }: Pick<Diagnosis, "code" | "data">,
  { t, bytes, length, playlistName, freeBytes }: Sources,
): { title: string; text: string; todo: string; said: string | null } {
  const text = (name: string) => (typeof data[name] === "string" && data[name] !== "" ? data[name] : null);
  const figure = (name: string, say: (value: number) => string = String) =>
    typeof data[name] === "number" ? say(data[name]) : NONE;
  const said = SAYS_IT_ITSELF.includes(code) ? null : (text("problem") ?? text("text") ?? text("reason"));
  return {
    title: t(`code.${code}.title`),
    text: t(`code.${code}.text`, {
      addresses: text("addresses") ?? NONE,
      by: figure("offsetMs", (ms) => length(Math.abs(ms))),
      bytes: `${figure("bytesReady", bytes)} / ${figure("bytesTotal", bytes)}`,
      count: figure("times"),
      desired: text("desired") ?? NONE,
      files: figure("files"),
      free: freeBytes === null ? NONE : bytes(freeBytes),
      observed: text("observed") ?? NONE,
      playlist: playlistName ?? NONE,
      ready: figure("filesReady"),
      total: figure("filesTotal"),
      version: text("version") ?? NONE,
    }),
    todo: t(`code.${code}.todo`),
    said,
  };
}

/** What the catalogue takes for a word that is not there. */
const NONE = "none";
/** Causes of which the screen says nothing that the sentence does not. */
const SAYS_IT_ITSELF: readonly Diagnosis["code"][] = ["disk_full", "disk_read_only", "manifest_out_of_date"];
