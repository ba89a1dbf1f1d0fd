import type { PasswordFault } from "@vitrine/core/model/account";

/** Who a password is for. */
export type PasswordOwner = { name: string; email: string };

const SHORTEST = 8;
/** With a known word taken out of it, this much has to be left. */
const LEFT = 6;
const SHORTEST_WORD = 3;

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * Why a password is among the first that somebody would try: it is on the list of the 49,000 found most in breaches,
 * or little else than a word that is known of its owner or of us; undefined when it is not. Case does not matter.
 */
export async function findPasswordFault(
  password: string,
  { name, email }: PasswordOwner,
): Promise<PasswordFault | undefined> {
  const text = password.normalize("NFKC").toLowerCase();
  common ??= loadCommon();
  if ((await common).has(text)) return "common";
  const parts = name.toLowerCase().split(/[\s.-]+/);
  const isAbout = (words: readonly string[]) => words.some((word) => isLittleElse(text, word));
  if (isAbout([...parts, parts.join("")])) return "name";
  if (isAbout([email, email.split("@")[0] ?? ""])) return "email";
  return isAbout(["vitrine"]) ? "product" : undefined;
}

function isLittleElse(text: string, word: string): boolean {
  if (word.length < SHORTEST_WORD || !text.includes(word)) return false;
  return text.replaceAll(word, "").length < LEFT;
}

/** Read when the first password is set, since most processes never need it. Those too short to be set are left out. */
async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].filter((one) => one.length >= SHORTEST));
}
