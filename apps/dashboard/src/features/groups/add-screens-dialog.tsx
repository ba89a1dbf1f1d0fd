import type { GroupView } from "@vitrine/core/model/group";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ScreenChoices } from "../screens/screen-choices.tsx";
import { useGroupChange } from "./use-group-change.ts";

/** Puts the screens that are ticked into a group. */
export function AddScreensDialog({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useGroupChange(onClose);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("addTitle", { name: group.name })}
      description={t("addPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={chosen.size === 0}
            isBusy={change.isPending}
            onClick={() => change.mutate({ group, add: [...chosen] })}
          >
            {t("addCount", { count: chosen.size })}
          </Button>
        </>
      }
    >
      <ScreenChoices chosen={chosen} onChange={setChosen} />
    </Dialog>
  );
}
