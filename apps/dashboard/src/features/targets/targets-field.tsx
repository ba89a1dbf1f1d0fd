import { Segments } from "@vitrine/ui/segments";
import { Globe, MonitorPlay } from "lucide-react";
import { useTranslations } from "use-intl";
import { FieldGroup } from "../../lib/field-group.tsx";
import { TargetPicker } from "./target-picker.tsx";
import type { Targets } from "./targets.ts";

/** Where something is shown: on all screens, or on those that are named by themselves, by group or by tag. */
export function TargetsField({
  value,
  onChange,
  error,
}: {
  value: Targets;
  onChange: (value: Targets) => void;
  error: string | undefined;
}) {
  const t = useTranslations("targets");
  return (
    <FieldGroup title={t("title")} error={error}>
      {(describedBy) => (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <Segments
            label={t("title")}
            describedBy={describedBy}
            isInvalid={error !== undefined}
            className="w-fit"
            value={value.isEverywhere ? "everywhere" : "some"}
            onChange={(next) => onChange({ ...value, isEverywhere: next === "everywhere" })}
            options={[
              {
                value: "everywhere",
                label: (
                  <>
                    <Globe aria-hidden />
                    {t("everywhere")}
                  </>
                ),
              },
              {
                value: "some",
                label: (
                  <>
                    <MonitorPlay aria-hidden />
                    {t("some")}
                  </>
                ),
              },
            ]}
          />
          {value.isEverywhere ? null : <TargetPicker value={value} onChange={onChange} />}
        </div>
      )}
    </FieldGroup>
  );
}
