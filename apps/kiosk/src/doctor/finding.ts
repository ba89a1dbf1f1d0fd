/** What one look of the doctor gave. */
export interface Finding {
  name: string;
  /** `warn` is worth mending, `bad` keeps the screen from doing its work. */
  verdict: "ok" | "warn" | "bad";
  text: string;
  /** What to do; null where there is nothing to do. */
  advice: string | null;
}

export const ok = (name: string, text: string): Finding => ({ name, verdict: "ok", text, advice: null });
export const warn = (name: string, text: string, advice: string): Finding => {
  return { name, verdict: "warn", text, advice };
};
export const bad = (name: string, text: string, advice: string): Finding => {
  return { name, verdict: "bad", text, advice };
};
