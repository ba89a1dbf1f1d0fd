import { OCCURRENCE_SCOPES, type OccurrenceScope } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { RadioCards } from "@vitrine/ui/radio-cards";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCalendarWords } from "./use-calendar-words.ts";

/** Asks how far a change of an entry that repeats reaches. */
export function ScopeDialog({
  kind,
  name,
  date,
  onChoose,
  onClose,
}: {
  kind: "move" | "remove";
  name: string;
  date: string;
  onChoose: (scope: OccurrenceScope) => void;
  onClose: () => void;
}) {
  const t = useTranslations("schedule");
  const common = useTranslations("common");
  const words = useCalendarWords();
  const [scope, setScope] = useState<OccurrenceScope>("one");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`scope.${kind}Title`, { name })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant={kind === "remove" ? "danger" : "primary"} onClick={() => onChoose(scope)}>
            {t(`scope.${kind}`)}
          </Button>
        </>
      }
    >
      <RadioCards
        label={t("scope.title")}
        value={scope}
        onChange={setScope}
        options={OCCURRENCE_SCOPES.map((one) => ({
          value: one,
          label: t(`scope.${one}`),
          hint: t(`scope.${one}Hint`, { date: words.day(date) }),
        }))}
      />
    </Dialog>
  );
}
