import type { ApiKeyView } from "@vitrine/core/model/api-key";
import { Badge } from "@vitrine/ui/status";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { ApiKeyMenu } from "./api-key-menu.tsx";

/** One key: what it is for, what it may do from where, when it was used, and its end. */
export function ApiKeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  const can = useCan();
  const now = useNow({ updateInterval: 60_000 });
  const { name, prefix, grants, networks, expiresAt, createdAt, isReplaced } = apiKey;
  const day = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "medium" });
  const isOver = expiresAt !== null && new Date(expiresAt) <= now;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 py-3 ps-4 pe-2 not-first:border-t sm:grid-cols-[minmax(0,1fr)_auto_auto]">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="truncate font-medium">{name}</span>
          <code className="text-muted text-sm">{prefix}…</code>
          {isOver ? <Badge tone="warning">{t("over")}</Badge> : null}
          {isReplaced && !isOver ? <Badge tone="warning">{t("replaced")}</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-1">
          {grants.map((grant) => (
            <Badge key={grant}>{grant}</Badge>
          ))}
        </p>
        {networks.length > 0 ? (
          <p className="break-words text-muted text-sm">
            {t("fromNetworks", { networks: format.list(networks) })}
          </p>
        ) : null}
      </div>
      <div className="tabular col-start-1 row-start-2 text-muted text-sm sm:col-start-2 sm:row-start-1 sm:text-end">
        <LastUse apiKey={apiKey} />
        <p>
          {expiresAt === null
            ? t("made", { date: day(createdAt) })
            : t(isOver ? "ended" : "expires", { date: day(expiresAt) })}
        </p>
      </div>
      <div className="col-start-2 row-start-1 self-start sm:col-start-3 sm:self-center">
        {can("apiKeys.manage") ? <ApiKeyMenu apiKey={apiKey} isOver={isOver} /> : null}
      </div>
    </li>
  );
}

function LastUse({ apiKey: { lastUsedAt, lastUsedFrom } }: { apiKey: ApiKeyView }) {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  if (lastUsedAt === null) return <p>{t("neverUsed")}</p>;
  const at = new Date(lastUsedAt);
  const when = format.relativeTime(at, now);
  return (
    <p>
      <time dateTime={lastUsedAt} title={format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })}>
        {lastUsedFrom === null ? t("lastUsed", { when }) : t("lastUsedFrom", { when, address: lastUsedFrom })}
      </time>
    </p>
  );
}
