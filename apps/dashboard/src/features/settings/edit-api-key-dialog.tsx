import { useQueryClient } from "@tanstack/react-query";
import type { ApiKeyView } from "@vitrine/core/model/api-key";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { ApiKeyDialog } from "./api-key-dialog.tsx";

/** Changes what a key is called, may do, and where it may be used from. */
export function EditApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  return (
    <ApiKeyDialog
      apiKey={apiKey}
      title={t("editTitle", { name: apiKey.name })}
      purpose={t("editPurpose")}
      submitLabel={common("save")}
      onClose={onClose}
      onSubmit={async (values) => {
        const { name } = await api.apiKeys.update.mutate({ id: apiKey.id, ...values });
        void queryClient.invalidateQueries({ queryKey: ["apiKey"] });
        notify({ title: t("changed", { name }) });
        onClose();
      }}
    />
  );
}
