import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type DeviceView, ROTATIONS } from "@vitrine/core/model/device";
import { Combobox } from "@vitrine/ui/combobox";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { Badge } from "@vitrine/ui/status";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { TagField } from "../content/tag-field.tsx";
import { ScreenGroups } from "../groups/screen-groups.tsx";
import { DEFAULT_CHOICE, PlaylistChoice } from "../screens/playlist-choice.tsx";
import { deviceTagsQuery } from "../targets/target-queries.ts";
import { useDeviceUpdate } from "./use-device-update.ts";

/** What a screen plays, where and how it hangs. */
export function ScreenSettings({ device, mayEdit }: { device: DeviceView; mayEdit: boolean }) {
  const t = useTranslations("screen");
  const can = useCan();
  const update = useDeviceUpdate(device);
  const knownTags = useQuery({ ...deviceTagsQuery, enabled: mayEdit });
  const mayAssign = can("devices.assign") && device.isActive;
  return (
    <section aria-label={t("settings")} className="grid gap-4 rounded-lg border bg-raised p-4">
      {mayAssign ? (
        <Field label={t("plays")}>
          {(control) => (
            <PlaylistChoice
              control={control}
              value={device.playlist?.id ?? DEFAULT_CHOICE}
              isDisabled={update.isAssigning}
              onChange={(choice) => update.assign(choice === DEFAULT_CHOICE ? null : choice)}
            />
          )}
        </Field>
      ) : (
        <Fact name={t("plays")} value={device.effectivePlaylist?.name ?? t("nothingToPlay")} />
      )}
      {device.effectivePlaylist && can("playlists.view") ? (
        <Link
          to="/playlists/$playlistId"
          params={{ playlistId: device.effectivePlaylist.id }}
          className="-mt-2 w-fit max-w-full truncate text-accent-text text-sm underline-offset-4 hover:underline"
        >
          {t("openPlaylist", { name: device.effectivePlaylist.name })}
        </Link>
      ) : null}
      <ScreenGroups device={device} mayEdit={mayEdit} />
      {mayEdit ? (
        <>
          <Field label={t("timeZone")}>
            {(control) => (
              <Combobox
                control={control}
                options={TIME_ZONES}
                value={device.timeZone}
                onChange={(timeZone) => update.change({ timeZone }, { timeZone: device.timeZone })}
                emptyText={t("noZone")}
                openLabel={t("openZones")}
              />
            )}
          </Field>
          <Field label={t("rotation")} hint={t("rotationHint")}>
            {(control) => (
              <Select
                control={control}
                value={String(device.rotation)}
                onChange={(next) => {
                  const rotation = ROTATIONS.find((one) => String(one) === next);
                  if (rotation !== undefined) update.change({ rotation }, { rotation: device.rotation });
                }}
                options={ROTATIONS.map((rotation) => ({
                  value: String(rotation),
                  label: t(`turn.${rotation}`),
                }))}
              />
            )}
          </Field>
          <TagField
            tags={device.tags}
            known={knownTags.data}
            onChange={(tags) => update.change({ tags: [...tags] }, { tags: device.tags })}
            label={t("tags")}
          />
        </>
      ) : (
        <>
          <Fact name={t("timeZone")} value={device.timeZone} />
          <Fact name={t("rotation")} value={t(`turn.${device.rotation}`)} />
          <p className="flex flex-wrap gap-1">
            {device.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </p>
        </>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <p className="text-muted text-sm">{name}</p>
      <p className="break-words">{value}</p>
    </div>
  );
}
