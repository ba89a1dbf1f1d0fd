import { useQuery } from "@tanstack/react-query";
import { type DeviceView, ROTATIONS } from "@vitrine/core/model/device";
import { Combobox } from "@vitrine/ui/combobox";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { Badge } from "@vitrine/ui/status";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
import { TagField } from "../content/tag-field.tsx";
import { SettingsSection } from "../settings/settings-section.tsx";
import { deviceTagsQuery } from "../targets/target-queries.ts";
import { HostsField } from "./hosts-field.tsx";
import { Told } from "./told.tsx";
import { useDeviceUpdate } from "./use-device-update.ts";
import { VolumeField } from "./volume-field.tsx";

/** How a screen hangs, sounds and is found, and what its web pages may reach. Each change takes effect at once. */
export function SettingsTab({ device, mayEdit }: { device: DeviceView; mayEdit: boolean }) {
  const t = useTranslations("screenSettings");
  const update = useDeviceUpdate(device);
  const knownTags = useQuery({ ...deviceTagsQuery, enabled: mayEdit });
  return (
    <div className="grid gap-6">
      <SettingsSection title={t("picture")} text={t("pictureText")}>
        {mayEdit ? (
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
        ) : (
          <Told name={t("rotation")}>{t(`turn.${device.rotation}`)}</Told>
        )}
      </SettingsSection>
      <SettingsSection title={t("sound")} text={t("soundText")}>
        <VolumeField device={device} mayEdit={mayEdit} onChange={update.change} />
      </SettingsSection>
      <SettingsSection title={t("web")} text={t("webText")}>
        <HostsField device={device} mayEdit={mayEdit} onChange={update.change} />
      </SettingsSection>
      <SettingsSection title={t("place")} text={t("placeText")}>
        <div className="mb-4 empty:hidden">
          <MoveToBusiness
            businessId={device.businessId}
            head="device"
            isDisabled={!mayEdit}
            move={(businessId) => api.devices.update.mutate({ id: device.id, businessId })}
          />
        </div>
        {mayEdit ? (
          <div className="grid gap-4">
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
            <TagField
              tags={device.tags}
              known={knownTags.data}
              onChange={(tags) => update.change({ tags: [...tags] }, { tags: device.tags })}
              label={t("tags")}
            />
          </div>
        ) : (
          <div className="grid gap-4">
            <Told name={t("timeZone")}>{device.timeZone}</Told>
            {device.tags.length > 0 ? (
              <Told name={t("tags")}>
                <span className="flex flex-wrap gap-1">
                  {device.tags.map((tag) => (
                    <Badge key={tag}>{tag}</Badge>
                  ))}
                </span>
              </Told>
            ) : null}
          </div>
        )}
      </SettingsSection>
    </div>
  );
}
