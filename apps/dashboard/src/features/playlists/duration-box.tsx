import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { formatDuration, parseDuration } from "../../lib/duration.ts";
import { useItemName } from "./use-item-name.ts";

/** How long an item shows: typed as seconds or m:ss; emptied, the content's own length. */
export function DurationBox({
  item,
  onChange,
}: {
  item: PlaylistItemView;
  onChange: (durationMs: number | null) => void;
}) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<"unreadable" | "tooShort" | "tooLong" | null>(null);
  const shown = typed ?? formatDuration(item.effectiveDurationMs);
  const stop = () => {
    setTyped(null);
    setError(null);
  };
  const commit = () => {
    if (typed === null) return;
    if (typed.trim() === "") {
      stop();
      if (item.durationMs !== null) onChange(null);
      return;
    }
    const parsed = parseDuration(typed);
    if (parsed.kind !== "ok") {
      setError(parsed.kind);
      return;
    }
    stop();
    if (parsed.durationMs !== item.effectiveDurationMs) onChange(parsed.durationMs);
  };
  return (
    <Field
      label={t("durationOf", { name: nameOf(item) })}
      isLabelHidden
      error={error ? t(`duration.${error}`) : undefined}
      className="w-18 shrink-0 sm:w-20"
    >
      {(control) => (
        <Input
          {...control}
          value={shown}
          inputMode="text"
          autoComplete="off"
          title={item.durationMs === null ? t("duration.own") : t("duration.set")}
          className={`tabular text-center ${item.durationMs === null ? "text-muted" : "font-medium"}`}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") stop();
          }}
        />
      )}
    </Field>
  );
}
