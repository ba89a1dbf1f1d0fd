import { useQueryClient } from "@tanstack/react-query";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { ApiKeyDialog } from "./api-key-dialog.tsx";
import { ApiKeySecret } from "./api-key-secret.tsx";

const LIVES = ["never", "30", "90", "365"] as const;
const DAY_MS = 86_400_000;

/** Makes a key and shows its secret this once. */
export function CreateApiKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const queryClient = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const [life, setLife] = useState<(typeof LIVES)[number]>("365");
  if (secret !== null) return <ApiKeySecret secret={secret} onClose={onClose} />;
  return (
    <ApiKeyDialog
      title={t("createTitle")}
      purpose={t("createPurpose")}
      submitLabel={t("create")}
      onClose={onClose}
      onSubmit={async (values) => {
        const expiresAt =
          life === "never" ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString();
        const created = await api.apiKeys.create.mutate({ ...values, expiresAt });
        void queryClient.invalidateQueries({ queryKey: ["apiKey"] });
        setSecret(created.secret);
      }}
    >
      <Field label={t("life")}>
        {(control) => (
          <Select
            control={control}
            value={life}
            onChange={setLife}
            options={LIVES.map((value) => ({ value, label: t(`lives.${value}`) }))}
          />
        )}
      </Field>
    </ApiKeyDialog>
  );
}
