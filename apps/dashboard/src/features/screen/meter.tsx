import { Progress } from "@vitrine/ui/progress";
import type { Tone } from "@vitrine/ui/status";
import { useTranslations } from "use-intl";
import { type Judgement, judgeShare } from "./health-judgement.ts";

const TONES: Record<Judgement, Tone> = { ok: "accent", high: "warning", tooHigh: "danger" };

/** How much of something is used, drawn and said; nothing where the machine does not tell both figures. */
export function Meter({
  name,
  used,
  total,
  say,
  isMeantToFill = false,
}: {
  name: string;
  used: number | null;
  total: number | null;
  say: (used: number, total: number) => string;
  /** A cache that is full does what it is for. */
  isMeantToFill?: boolean;
}) {
  const t = useTranslations("health");
  if (used === null || total === null || total <= 0) return null;
  const judged = isMeantToFill ? "ok" : judgeShare(used / total);
  return (
    <div className="grid gap-1.5">
      <p className="tabular flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-muted">{name}</span>
        <span>
          {say(used, total)}
          {judged === "ok" ? null : `, ${t(`judgement.${judged}`)}`}
        </span>
      </p>
      <Progress value={used / total} tone={TONES[judged]} label={t("meter", { name })} />
    </div>
  );
}
