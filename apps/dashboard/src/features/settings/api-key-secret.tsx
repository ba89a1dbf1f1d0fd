import { Button } from "@vitrine/ui/button";
import { CopyButton } from "@vitrine/ui/copy-button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Notice } from "@vitrine/ui/notice";
import { ShieldAlert } from "lucide-react";
import { useTranslations } from "use-intl";

/** The secret of a key that was just made, shown this once. */
export function ApiKeySecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("secretTitle")}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("secretKept")}
        </Button>
      }
    >
      <div className="grid gap-4">
        <Notice tone="warning" icon={<ShieldAlert aria-hidden />}>
          {t("secretText")}
        </Notice>
        <Field label={t("secret")}>
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                readOnly
                value={secret}
                onFocus={(event) => event.target.select()}
                className="font-mono text-sm"
              />
              <CopyButton text={secret} label={t("copy")} doneLabel={t("copied")} />
            </div>
          )}
        </Field>
      </div>
    </Dialog>
  );
}
