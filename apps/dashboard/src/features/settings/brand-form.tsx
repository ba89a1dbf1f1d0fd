import { useQuery, useQueryClient } from "@tanstack/react-query";
import { brandColor, type OrganizationView, updateOrganizationInput } from "@vitrine/core/model/organization";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { SaveButtons } from "../../lib/save-buttons.tsx";
import { useCan } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { assetQuery } from "../content/asset-queries.ts";
import { ColorField } from "./color-field.tsx";
import { IdlePicture } from "./idle-picture.tsx";
import { LogoDialog } from "./logo-dialog.tsx";
import { LogoField } from "./logo-field.tsx";
import { organizationQuery } from "./settings-queries.ts";

const brandInput = updateOrganizationInput.pick({ brandColor: true, brandLogoAssetId: true });

/** How screens look while they have nothing to play: a colour and a logo, with a picture of what comes of them. */
export function BrandForm({ organization, mayEdit }: { organization: OrganizationView; mayEdit: boolean }) {
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const [isPicking, setPicking] = useState(false);
  const form = useCallForm({
    schema: brandInput,
    values: valuesOf(organization),
    fields: ["brandColor", "brandLogoAssetId"],
    async call(values) {
      const next = await api.organization.update.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      for (const head of ["asset", "preview"]) void queryClient.invalidateQueries({ queryKey: [head] });
      notify({ title: common("saved") });
    },
  });
  const [typed, logoId] = useWatch({ control: form.control, name: ["brandColor", "brandLogoAssetId"] });
  const color = brandColor.safeParse(typed ?? "").data ?? null;
  const logo = useQuery({ ...assetQuery(logoId ?? ""), enabled: can("assets.view") && Boolean(logoId) });
  const kept = organization.brandLogo;
  const logoUrl = logoId ? (logo.data?.fileUrl ?? (kept?.assetId === logoId ? kept.url : null)) : null;
  return (
    <CallForm form={form}>
      <IdlePicture organizationName={organization.name} color={color} logoUrl={logoUrl} />
      <fieldset disabled={!mayEdit} className="grid gap-4">
        <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
        <Controller
          control={form.control}
          name="brandColor"
          render={({ field }) => (
            <ColorField
              color={field.value ?? null}
              error={form.errors.brandColor?.message}
              onChange={(next) => {
                form.clearErrors("brandColor");
                field.onChange(next);
              }}
            />
          )}
        />
        <LogoField
          isChosen={Boolean(logoId)}
          name={logo.data?.name ?? null}
          url={logoUrl}
          error={form.errors.brandLogoAssetId?.message}
          mayPick={mayEdit && can("assets.view")}
          onPick={() => setPicking(true)}
          onClear={() => form.setValue("brandLogoAssetId", null, { shouldDirty: true })}
        />
        {mayEdit ? <SaveButtons form={form} onDiscard={() => form.reset()} /> : null}
      </fieldset>
      {isPicking ? (
        <LogoDialog
          chosenId={logoId ?? null}
          onPick={(assetId) => {
            form.clearErrors("brandLogoAssetId");
            form.setValue("brandLogoAssetId", assetId, { shouldDirty: true });
            setPicking(false);
          }}
          onClose={() => setPicking(false)}
        />
      ) : null}
    </CallForm>
  );
}

function valuesOf({ brandColor: color, brandLogo }: OrganizationView) {
  return { brandColor: color, brandLogoAssetId: brandLogo?.assetId ?? null };
}
