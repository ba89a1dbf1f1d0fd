import { Link } from "@tanstack/react-router";
import type { AuditRow } from "@vitrine/core/model/audit";
import { cn } from "@vitrine/ui/cn";
import { Bot, type LucideIcon, Monitor, Server, UserRound } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useAuditWords } from "./use-audit-words.ts";

export const ACTOR_ICONS: Record<AuditRow["actorKind"], LucideIcon> = {
  apiKey: Bot,
  device: Monitor,
  system: Server,
  user: UserRound,
};

/** One event: when, who did what to which thing, and from where. Opens its details. */
export function AuditLine({ event, isOpen }: { event: AuditRow; isOpen: boolean }) {
  const kinds = useTranslations("audit.actorKind");
  const format = useFormatter();
  const words = useAuditWords();
  const Icon = ACTOR_ICONS[event.actorKind];
  return (
    <Link
      to="/settings/audit"
      search={(now) => ({ ...now, event: event.sequence })}
      replace
      resetScroll={false}
      aria-current={isOpen ? "true" : undefined}
      className={cn(
        "grid min-h-12 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 border-t px-3 py-2 -outline-offset-2 hover:bg-hover sm:grid-cols-[auto_minmax(0,1fr)_auto]",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span role="img" aria-label={kinds(event.actorKind)} className="text-muted [&_svg]:size-4">
        <Icon aria-hidden />
      </span>
      <p className="min-w-0 break-words">{words.of(event)}</p>
      <p className="tabular col-start-2 flex flex-wrap gap-x-3 text-muted text-sm sm:col-start-3 sm:justify-end">
        {event.remoteAddress ? <span className="hidden xl:inline">{event.remoteAddress}</span> : null}
        <time dateTime={event.at}>
          {format.dateTime(new Date(event.at), { dateStyle: "medium", timeStyle: "short" })}
        </time>
      </p>
    </Link>
  );
}
