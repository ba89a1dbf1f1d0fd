import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** Shows new recovery codes. */
export function RecoveryCodesDialog({
  codes,
  email,
  onClose,
}: {
  codes: readonly string[];
  email: string;
  onClose: () => void;
}) {
  const t = useTranslations("factor");
  const common = useTranslations("common");
  const list = useRef<HTMLOListElement>(null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("codesTitle")}
      closeLabel={common("close")}
      // Not on the way out: a key pressed once too often would take the codes away.
      initialFocus={list}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("codesKept")}
        </Button>
      }
    >
      <RecoveryCodes codes={codes} email={email} listRef={list} />
    </Dialog>
  );
}
