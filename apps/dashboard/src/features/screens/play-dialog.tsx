import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorUp } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { BusinessField } from "../businesses/business-field.tsx";
import { businessIssue } from "../businesses/business-issue.ts";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import type { AppActions } from "../shell/app-actions.tsx";
import { deviceCountsQuery } from "./device-queries.ts";
import { makePlaylist } from "./new-playlist.ts";
import { ScreenChoices } from "./screen-choices.tsx";

/** Plays content on screens in one step: makes a playlist of it and puts that on the screens ticked. */
export function PlayDialog({
  assetIds,
  onClose,
  onPair,
}: {
  assetIds: readonly string[];
  onClose: () => void;
  onPair: AppActions["pair"];
}) {
  const t = useTranslations("screens");
  const common = useTranslations("common");
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const counts = useQuery(deviceCountsQuery);
  const [name, setName] = useState(() => t("playlistName"));
  const [businessId, setBusinessId] = useState<string | null | undefined>(useBusinessInView());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const live = Object.entries(counts.data ?? {}).reduce(
    (sum, [status, n]) => (status === "revoked" ? sum : sum + n),
    0,
  );
  const isFirst = counts.data !== undefined && live === 0 && can("devices.pair");
  useEffect(() => {
    if (isFirst) onPair({ assetIds });
  }, [isFirst, onPair, assetIds]);
  const play = useAct(
    async () => {
      const playlist = await makePlaylist({ name: name.trim() || t("playlistName"), assetIds, businessId });
      await api.devices.assignPlaylist.mutate({ deviceIds: [...chosen], playlistId: playlist.id });
      return playlist;
    },
    {
      done: (playlist) => {
        onClose();
        notify({
          title: t("assigned", { count: chosen.size }),
          description: t("assignedHint"),
          action: {
            label: t("showPlaylist"),
            onSelect: () =>
              void navigate({ to: "/playlists/$playlistId", params: { playlistId: playlist.id } }),
          },
        });
      },
      failure: (failure) => businessIssue(failure) !== undefined,
      settled: () => {
        for (const head of ["device", "playlist", "overview"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
      },
    },
  );
  if (isFirst) return null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("playContentTitle", { count: assetIds.length })}
      description={t("playContentPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          {can("devices.pair") ? (
            <Button variant="ghost" className="me-auto" onClick={() => onPair({ assetIds })}>
              <MonitorUp aria-hidden />
              {t("pair")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={chosen.size === 0}
            isBusy={play.isPending}
            onClick={() => play.mutate(undefined)}
          >
            {t("playOn", { count: chosen.size })}
          </Button>
        </>
      }
    >
      {counts.isError && !counts.data ? (
        <QueryError query={counts} />
      ) : counts.isPending ? (
        <Skeleton className="h-40" />
      ) : (
        <div className="grid gap-4">
          <Field label={t("playlistNameLabel")} hint={t("playlistNameHint")}>
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={180}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <BusinessField
            value={businessId}
            error={businessIssue(play.error)}
            onChange={(next) => {
              setBusinessId(next);
              play.reset();
            }}
          />
          <ScreenChoices chosen={chosen} onChange={setChosen} />
        </div>
      )}
    </Dialog>
  );
}
