import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { brandColor, type OrganizationView, updateOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { useEffect, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useCan } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
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
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const [isPicking, setPicking] = useState(false);
  const form = useForm({ resolver: zodResolver(brandInput), defaultValues: valuesOf(organization) });
  const { errors, isSubmitting, isDirty } = form.formState;
  useEffect(() => {
    form.reset(valuesOf(organization), { keepDirtyValues: true });
  }, [form, organization]);
  const [typed, logoId] = useWatch({ control: form.control, name: ["brandColor", "brandLogoAssetId"] });
  const color = brandColor.safeParse(typed ?? "").data ?? null;
  const logo = useQuery({ ...assetQuery(logoId ?? ""), enabled: can("assets.view") && Boolean(logoId) });
  const kept = organization.brandLogo;
  const logoUrl = logoId ? (logo.data?.fileUrl ?? (kept?.assetId === logoId ? kept.url : null)) : null;
  const submit = form.handleSubmit(async (values) => {
    try {
      const next = await api.organization.update.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      for (const head of ["asset", "preview"]) void queryClient.invalidateQueries({ queryKey: [head] });
      notify({ title: common("saved") });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["brandColor", "brandLogoAssetId"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <IdlePicture organizationName={organization.name} color={color} logoUrl={logoUrl} />
      <fieldset disabled={!mayEdit} className="grid gap-4">
        <UnsavedGuard isDirty={isDirty && !isSubmitting} />
        <FormError errors={errors} />
        <Controller
          control={form.control}
          name="brandColor"
          render={({ field }) => (
            <ColorField
              color={field.value ?? null}
              error={errors.brandColor?.message}
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
          error={errors.brandLogoAssetId?.message}
          mayPick={mayEdit && can("assets.view")}
          onPick={() => setPicking(true)}
          onClear={() => form.setValue("brandLogoAssetId", null, { shouldDirty: true })}
        />
        {mayEdit ? (
          <div className="flex justify-end gap-2">
            {isDirty ? (
              <Button onClick={() => form.reset(valuesOf(organization))}>{common("discard")}</Button>
            ) : null}
            <Button type="submit" variant="primary" isBusy={isSubmitting} disabled={!isDirty}>
              {common("save")}
            </Button>
          </div>
        ) : null}
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
    </form>
  );
}

function valuesOf({ brandColor: color, brandLogo }: OrganizationView) {
  return { brandColor: color, brandLogoAssetId: brandLogo?.assetId ?? null };
}
