import type { Diagnosis } from "@vitrine/core/model/device-health";
import type { useTranslations } from "use-intl";

type Sources = {
  t: ReturnType<typeof useTranslations<"diagnosis">>;
  bytes: (sizeBytes: number) => string;
  /** Says a length of time in milliseconds. */
  length: (ms: number) => string;
  /** Of the playlist that plays in the end. */
  playlistName: string | null;
};

/** A cause in words: what it is, what that means, what to do, and the screen's own text where it gave one. */
export function diagnosisWords(
  { code, data }: Pick<Diagnosis, "code" | "data">,
  { t, bytes, length, playlistName }: Sources,
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
      count: figure("count"),
      desired: text("desired") ?? NONE,
      failures: figure("failures"),
      free: figure("freeBytes", bytes),
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
/** Causes whose data is told in the sentence already. */
const SAYS_IT_ITSELF: readonly Diagnosis["code"][] = ["identity_copied", "downloading"];
