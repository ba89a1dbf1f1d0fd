import { useQuery, useQueryClient } from "@tanstack/react-query";
import { claimDeviceInput, type DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Combobox } from "@vitrine/ui/combobox";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorCheck } from "lucide-react";
import { useRef, useState } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useCan, useSession } from "../../lib/session.ts";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { playlistChoicesQuery } from "../playlists/playlist-queries.ts";
import { FoundScreen } from "./found-screen.tsx";
import { makePlaylist } from "./new-playlist.ts";
import { DEFAULT_CHOICE, NEW_CHOICE, PlaylistChoice } from "./playlist-choice.tsx";

const MAX_NEW = 200;

/** Shows which screen asks, and takes its name, zone and what it plays; one press claims it with all of that. */
export function PairDescribeStep({
  code,
  found,
  assetIds,
  onBack,
  onClaimed,
}: {
  code: string;
  found: Outputs["devices"]["findPairing"];
  assetIds: readonly string[];
  onBack: () => void;
  onClaimed: (device: DeviceView) => void;
}) {
  const t = useTranslations("pair");
  const queryClient = useQueryClient();
  const { organization } = useSession();
  const plays = usePlayable(assetIds);
  const made = useRef<string | undefined>(undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = chosen ?? plays.suggested;
  const form = useCallForm({
    schema: claimDeviceInput,
    defaultValues: {
      code,
      name: found.hardware.model,
      timeZone: organization.timeZone,
      businessId: useBusinessInView(),
    },
    fields: ["name", "timeZone", "businessId"],
    async call(values) {
      const playlistId =
        choice === NEW_CHOICE
          ? (made.current ??
            (
              await makePlaylist({
                name: t("playlistFor", { name: values.name }),
                assetIds: plays.assetIds,
                businessId: values.businessId,
              })
            ).id)
          : choice;
      if (choice === NEW_CHOICE) made.current = playlistId;
      const device = await api.devices.claim.mutate({
        ...values,
        ...(playlistId && playlistId !== DEFAULT_CHOICE ? { playlistId } : {}),
      });
      for (const head of ["device", "playlist", "overview"]) {
        void queryClient.invalidateQueries({ queryKey: [head] });
      }
      onClaimed(device);
    },
  });
  return (
    <CallForm form={form}>
      <FoundScreen found={found} />
      <Field label={t("name")} hint={t("nameHint")} error={form.errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("name")}
            autoFocus
            onFocus={(event) => event.target.select()}
            autoComplete="off"
          />
        )}
      </Field>
      <Controller control={form.control} name="businessId" render={renderBusinessField} />
      <Field label={t("plays")} hint={choice === NEW_CHOICE ? t("newHint") : undefined}>
        {(control) =>
          choice === undefined ? (
            <Skeleton className="h-8" />
          ) : (
            <PlaylistChoice
              control={control}
              value={choice}
              onChange={setChosen}
              newCount={plays.assetIds.length}
            />
          )
        }
      </Field>
      <Field label={t("timeZone")} error={form.errors.timeZone?.message}>
        {(control) => (
          <Controller
            control={form.control}
            name="timeZone"
            render={({ field }) => (
              <Combobox
                control={control}
                options={TIME_ZONES}
                value={field.value ?? organization.timeZone}
                onChange={field.onChange}
                emptyText={t("noZone")}
                openLabel={t("openZones")}
              />
            )}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onBack}>{t("otherCode")}</Button>
        <Button type="submit" variant="primary" isBusy={form.isSubmitting} disabled={choice === undefined}>
          <MonitorCheck aria-hidden />
          {t("claim")}
        </Button>
      </div>
    </CallForm>
  );
}

/** The assets that a new playlist would hold, and what is most likely meant to play. */
function usePlayable(given: readonly string[]): {
  assetIds: readonly string[];
  suggested: string | undefined;
} {
  const can = useCan();
  const mayCreate = can("playlists.create") && can("assets.view");
  const playlists = useQuery(playlistChoicesQuery);
  const assets = useQuery({
    queryKey: ["asset", "playable", MAX_NEW],
    enabled: mayCreate && given.length === 0,
    queryFn: async ({ signal }) => {
      const page = await api.assets.list.query({ sort: "oldest", limit: MAX_NEW }, { signal });
      return page.rows
        .filter((asset) => asset.state !== "failed" && asset.isEnabled)
        .map((asset) => asset.id);
    },
  });
  const assetIds = !mayCreate ? [] : given.length > 0 ? given : (assets.data ?? []);
  if (given.length > 0 && mayCreate) return { assetIds, suggested: NEW_CHOICE };
  const isSettled = !playlists.isPending && (!mayCreate || !assets.isPending);
  if (!isSettled) return { assetIds, suggested: undefined };
  const [first] = playlists.data ?? [];
  if (playlists.data?.some((one) => one.isDefault)) return { assetIds, suggested: DEFAULT_CHOICE };
  return { assetIds, suggested: first?.id ?? (assetIds.length > 0 ? NEW_CHOICE : DEFAULT_CHOICE) };
}
