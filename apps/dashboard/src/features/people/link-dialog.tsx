import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";

/** Shows an invitation's link, marked to be copied by hand, where the browser does not copy by itself. */
export function LinkDialog({ email, url, onClose }: { email: string; url: string; onClose: () => void }) {
  const t = useTranslations("invitations");
  const common = useTranslations("common");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("linkTitle", { email })}
      description={t("linkPurpose")}
      closeLabel={common("close")}
      footer={<Button onClick={onClose}>{common("close")}</Button>}
    >
      <Field label={t("link")} hint={t("linkHint")}>
        {(control) => (
          <Input
            {...control}
            readOnly
            autoFocus
            value={url}
            onFocus={(event) => event.target.select()}
            className="font-mono text-sm"
          />
        )}
      </Field>
    </Dialog>
  );
}
