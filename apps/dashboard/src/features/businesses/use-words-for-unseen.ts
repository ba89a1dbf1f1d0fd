import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";

/** Puts words where the server told an empty name: of what is in no business of this person. For the `select` of queries. */
export function useWordsForUnseen(): <Told>(told: Told) => Told {
  const words = useTranslations("shown")("unseen");
  const isLimited = useSession().organization.businesses !== null;
  return useCallback((told) => (isLimited ? withWords(told, words) : told), [isLimited, words]);
}

/** What came as JSON has the shape that it had: a text stands where a text stood. */
function withWords<Told>(told: Told, words: string): Told {
  return JSON.parse(JSON.stringify(told), (key, value: unknown) =>
    key === "name" && value === "" ? words : value,
  ) as Told;
}
