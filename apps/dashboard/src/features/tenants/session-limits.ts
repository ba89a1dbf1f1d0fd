import { SESSION_DAYS, SESSION_IDLE_HOURS } from "@vitrine/core/model/account";
import type { Option } from "@vitrine/ui/select";
import { useTranslations } from "use-intl";

/** What is offered; programs may set anything between the bounds. */
export const SESSION_HOURS = [1, 4, 8, 12, 24, 72, 168] as const;
export const IDLE_MINUTES = [15, 30, 60, 120, 240, 480] as const;
const NONE = "none";

/** Lengths to choose from, with the one that is set where it is another; null: as long as any session. */
export function useLimitOptions() {
  const t = useTranslations("access");
  const inHours = (hours: number) =>
    hours % 24 === 0 ? t("days", { count: hours / 24 }) : t("hours", { count: hours });
  const inMinutes = (minutes: number) =>
    minutes % 60 === 0 ? inHours(minutes / 60) : t("minutes", { count: minutes });
  const options = (
    offered: readonly number[],
    present: number | null | undefined,
    say: (length: number) => string,
    longest: string,
  ): Option<string>[] => [
    { value: NONE, label: t("unlimited", { limit: longest }) },
    ...[...new Set([...offered, ...(present ? [present] : [])])]
      .sort((one, other) => one - other)
      .map((length) => ({ value: String(length), label: say(length) })),
  ];
  return {
    toValue: (length: number | null | undefined) => (length ? String(length) : NONE),
    fromValue: (value: string) => (value === NONE ? null : Number(value)),
    hours: (offered: readonly number[], present: number | null | undefined) =>
      options(offered, present, inHours, inHours(SESSION_DAYS * 24)),
    minutes: (offered: readonly number[], present: number | null | undefined) =>
      options(offered, present, inMinutes, inHours(SESSION_IDLE_HOURS)),
  };
}
