import { useQueryClient } from "@tanstack/react-query";
import type { ApiKeyView } from "@vitrine/core/model/api-key";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { ApiKeySecret } from "./api-key-secret.tsx";

const OVERLAPS = ["0", "1", "24", "168"] as const;

/** Puts a new secret in the place of a key's, and says how long the old one goes on. */
export function RotateApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>("24");
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useAct(() => api.apiKeys.rotate.mutate({ id: apiKey.id, overlapHours: Number(overlap) }), {
    done: (made) => setSecret(made.secret),
    settled: () => void queryClient.invalidateQueries({ queryKey: ["apiKey"] }),
  });
  if (secret !== null) return <ApiKeySecret secret={secret} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => rotate.mutate(undefined)}
      isBusy={rotate.isPending}
      isDangerous={false}
      title={t("rotateTitle", { name: apiKey.name })}
      confirmLabel={t("rotate")}
      cancelLabel={common("cancel")}
    >
      <div className="grid gap-4">
        <p>{t("rotateText")}</p>
        <Field label={t("overlap")}>
          {(control) => (
            <Select
              control={control}
              value={overlap}
              onChange={setOverlap}
              options={OVERLAPS.map((value) => ({ value, label: t(`overlaps.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  );
}
