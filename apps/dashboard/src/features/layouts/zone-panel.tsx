import type { ZoneInput } from "@vitrine/core/model/layout";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Badge } from "@vitrine/ui/status";
import { Star } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Draft } from "./layout-draft.ts";
import { faultOf, type LayoutFault } from "./layout-faults.ts";
import { PercentField } from "./percent-field.tsx";
import type { ZoneActs } from "./use-zone-acts.ts";
import type { PlaylistLook } from "./use-zone-pictures.ts";
import { withSide } from "./zone-geometry.ts";
import { ZonePlaylist } from "./zone-playlist.tsx";

const SIDES = ["left", "top", "width", "height"] as const;

/** The selected zone: its name, what plays in it, where it lies in numbers, and whether it is the main one. */
export function ZonePanel({
  zone,
  draft,
  faults,
  mayEdit,
  look,
  acts,
}: {
  zone: ZoneInput;
  draft: Draft;
  faults: readonly LayoutFault[];
  mayEdit: boolean;
  look: PlaylistLook | undefined;
  acts: ZoneActs;
}) {
  const t = useTranslations("layout");
  const isMain = zone.id === draft.mainZoneId;
  return (
    <section aria-label={t("zone")} className="rounded-lg border bg-raised p-4">
      <fieldset disabled={!mayEdit} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex min-h-7 items-center gap-2">
          <h2 className="min-w-0 grow truncate font-semibold">{t("zone")}</h2>
          {isMain ? (
            <Badge tone="accent" icon={<Star aria-hidden />}>
              {t("isMain")}
            </Badge>
          ) : mayEdit ? (
            <Button size="sm" onClick={() => acts.makeMain(zone.id)}>
              <Star aria-hidden />
              {t("makeMain")}
            </Button>
          ) : null}
        </div>
        <Field label={t("zoneName")} error={faultOf(faults, zone.id, "name")}>
          {(control) => (
            <Input
              {...control}
              ref={acts.nameField}
              value={zone.name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => acts.set(zone.id, { name: event.target.value }, `name ${zone.id}`)}
            />
          )}
        </Field>
        <ZonePlaylist
          zone={zone}
          look={look}
          mayEdit={mayEdit}
          error={faultOf(faults, zone.id, "playlistId")}
          onChange={(playlistId) => acts.set(zone.id, { playlistId })}
        />
        <div className="grid grid-cols-2 gap-3">
          {SIDES.map((side) => (
            <PercentField
              key={side}
              label={t(`side.${side}`)}
              value={zone[side]}
              error={faultOf(faults, zone.id, side)}
              onChange={(value) => acts.put(zone, withSide(zone, side, value), `${side} ${zone.id}`)}
            />
          ))}
        </div>
      </fieldset>
    </section>
  );
}
