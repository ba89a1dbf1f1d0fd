import { Dialog } from "@vitrine/ui/dialog";
import { useTranslations } from "use-intl";
import { CreateOrganizationForm } from "./create-organization-form.tsx";

/** Asks for what a further organization is called. */
export function CreateOrganizationDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("newOrganizationTitle")}
      description={t("newOrganizationPurpose")}
      closeLabel={common("close")}
    >
      <CreateOrganizationForm onDone={onClose} />
    </Dialog>
  );
}
