import { AUDIT_ACTIONS, type AuditArea } from "@vitrine/core/audit/actions";
import type { AuditRow } from "@vitrine/core/model/audit";
import { useMessages, useTranslations } from "use-intl";

type Told = Pick<AuditRow, "action" | "actorName" | "subjectName">;

/** Events in words: who did what to which thing. */
export function useAuditWords() {
  const t = useTranslations("audit");
  const sentences = useTranslations("auditAction");
  const sentence = (action: string, words: { actor: string; thing: string }) => {
    const key = knownAction(action);
    return key ? sentences(key, words) : t("unknown", { ...words, action });
  };
  return {
    of: ({ action, actorName, subjectName }: Told) =>
      sentence(action, {
        actor: actorName,
        thing: subjectName === null ? t("someThing") : t("thing", { name: subjectName }),
      }),
    /** An action that nobody in particular did to nothing in particular. */
    action: (area: AuditArea, verb: string) => sentence(`${area}.${verb}`, { actor: "…", thing: "…" }),
  };
}

type Key = Parameters<ReturnType<typeof useTranslations<"auditAction">>>[0];

/** Guarantee: an action of the list has a sentence, as the types of the catalogue demand. */
function knownAction(action: string): Key | undefined {
  const [area = "", verb = ""] = action.split(".");
  const verbs: readonly string[] = (AUDIT_ACTIONS as Record<string, readonly string[]>)[area] ?? [];
  return verbs.includes(verb) ? (action as Key) : undefined;
}

/** What a member of an event's values is called. */
export function useFieldName(): (name: string) => string | undefined {
  const fields: Record<string, unknown> = useMessages().auditField;
  const t = useTranslations("auditField");
  return (name) => (Object.hasOwn(fields, name) ? t(name as Parameters<typeof t>[0]) : undefined);
}
