import { useQuery } from "@tanstack/react-query";
import type { LayoutView } from "@vitrine/core/model/layout";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Select } from "@vitrine/ui/select";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { formatDuration, parseDuration } from "../../lib/duration.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { UsedByList } from "../../lib/used-by-list.tsx";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
import { AspectSelect } from "./aspect-select.tsx";
import type { Draft } from "./layout-draft.ts";
import { faultOf, type LayoutFault } from "./layout-faults.ts";
import { layoutUsedByQuery } from "./layout-queries.ts";

const FIRST_DURATION_MS = 60_000;

/** What is of the layout as a whole: its aspect, how long a showing lasts, and where it is shown. */
export function LayoutPanel({
  layout,
  draft,
  faults,
  mayEdit,
  onChange,
}: {
  layout: LayoutView;
  draft: Draft;
  faults: readonly LayoutFault[];
  mayEdit: boolean;
  onChange: (draft: Draft, mark?: string) => void;
}) {
  const t = useTranslations("layout");
  const use = useQuery(layoutUsedByQuery(layout.id));
  const main = draft.zones.find((zone) => zone.id === draft.mainZoneId);
  return (
    <section
      aria-label={t("whole")}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border bg-raised p-4"
    >
      <h2 className="font-semibold">{t("whole")}</h2>
      <MoveToBusiness
        businessId={layout.businessId}
        head="layout"
        isDisabled={!mayEdit}
        move={(businessId) => api.layouts.update.mutate({ id: layout.id, businessId })}
      />
      <AspectSelect
        value={draft.aspect}
        isDisabled={!mayEdit}
        hint={t("aspectHint")}
        onChange={(aspect) => onChange({ ...draft, aspect })}
      />
      <Field
        label={t("showing")}
        hint={draft.durationMs === null ? t("showingHint", { name: main?.name ?? "" }) : undefined}
      >
        {(control) => (
          <Select
            control={control}
            isDisabled={!mayEdit}
            value={draft.durationMs === null ? "pass" : "time"}
            onChange={(kind) =>
              onChange({ ...draft, durationMs: kind === "pass" ? null : FIRST_DURATION_MS })
            }
            options={[
              { value: "pass", label: t("showingPass") },
              { value: "time", label: t("showingTime") },
            ]}
          />
        )}
      </Field>
      {draft.durationMs === null ? null : (
        <DurationField
          key={draft.durationMs}
          durationMs={draft.durationMs}
          fault={faultOf(faults, null, "durationMs")}
          isDisabled={!mayEdit}
          onChange={(durationMs) => onChange({ ...draft, durationMs })}
        />
      )}
      <div className="grid gap-2" aria-busy={use.isPending}>
        <h3 className="font-medium">{t("usedBy")}</h3>
        {use.data ? (
          <UsedByList use={use.data} />
        ) : use.isError ? (
          <QueryError query={use} />
        ) : (
          <Skeleton className="h-5 w-40" />
        )}
      </div>
    </section>
  );
}

function DurationField({
  durationMs,
  fault,
  isDisabled,
  onChange,
}: {
  durationMs: number;
  fault: string | undefined;
  isDisabled: boolean;
  onChange: (durationMs: number) => void;
}) {
  const t = useTranslations("layout");
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<"unreadable" | "tooShort" | "tooLong" | null>(null);
  const commit = () => {
    if (typed === null) return;
    const parsed = parseDuration(typed);
    if (parsed.kind !== "ok") return setError(parsed.kind);
    setError(null);
    setTyped(null);
    onChange(parsed.durationMs);
  };
  return (
    <Field label={t("duration")} hint={t("durationHint")} error={error ? t(`durationFault.${error}`) : fault}>
      {(control) => (
        <Input
          {...control}
          disabled={isDisabled}
          value={typed ?? formatDuration(durationMs)}
          autoComplete="off"
          className="tabular max-w-32"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => (event.key === "Enter" ? commit() : undefined)}
        />
      )}
    </Field>
  );
}
