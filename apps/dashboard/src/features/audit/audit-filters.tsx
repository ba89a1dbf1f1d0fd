import { useQuery } from "@tanstack/react-query";
import { AUDIT_ACTIONS, type AuditArea } from "@vitrine/core/audit/actions";
import { Button } from "@vitrine/ui/button";
import { Input } from "@vitrine/ui/input";
import { Select } from "@vitrine/ui/select";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { auditActorsQuery } from "./audit-queries.ts";
import { type AuditSearch, actionsOf } from "./audit-search.ts";
import { useAuditWords } from "./use-audit-words.ts";

const ALL = "all";
const AREAS = Object.keys(AUDIT_ACTIONS) as AuditArea[];

/** Narrows the record: by text, area and action, who, days, and one thing. */
export function AuditFilters({
  search,
  onChange,
}: {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}) {
  const t = useTranslations("audit");
  const areas = useTranslations("auditArea");
  const words = useAuditWords();
  const actors = useQuery(auditActorsQuery).data?.rows ?? [];
  const { event: _event, ...now } = search;
  const { area } = search;
  const without = (...names: (keyof AuditSearch)[]) =>
    Object.fromEntries(Object.entries(now).filter(([name]) => !names.some((one) => one === name)));
  const put = (name: "q" | "action" | "actor" | "from" | "until", value: string) =>
    onChange(value === "" || value === ALL ? without(name) : { ...now, [name]: value });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox value={search.q ?? ""} label={t("search")} onChange={(q) => put("q", q)} />
      <Select
        label={t("area")}
        className="w-auto min-w-36"
        value={area ?? ALL}
        onChange={(value) =>
          onChange(value === ALL ? without("area", "action") : { ...without("action"), area: value })
        }
        options={[
          { value: ALL, label: t("allAreas") },
          ...AREAS.map((value) => ({ value, label: areas(value) })),
        ]}
      />
      {area ? (
        <Select
          label={t("areaAction")}
          className="w-auto min-w-36 max-w-72"
          value={search.action ?? ALL}
          onChange={(value) => put("action", value)}
          options={[
            { value: ALL, label: t("allActions") },
            ...actionsOf(area).map((value) => ({ value, label: words.action(area, value) })),
          ]}
        />
      ) : null}
      <Select
        label={t("actor")}
        className="w-auto min-w-36 max-w-56"
        value={search.actor ?? ALL}
        onChange={(value) => put("actor", value)}
        options={[
          { value: ALL, label: t("allActors") },
          ...actors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <div className="flex items-center gap-1.5">
        <Input
          type="date"
          aria-label={t("from")}
          title={t("from")}
          className="w-36"
          value={search.from ?? ""}
          max={search.until}
          onChange={({ target }) => put("from", target.value)}
        />
        <span aria-hidden>–</span>
        <Input
          type="date"
          aria-label={t("until")}
          title={t("until")}
          className="w-36"
          value={search.until ?? ""}
          min={search.from}
          onChange={({ target }) => put("until", target.value)}
        />
      </div>
      {search.subject ? (
        <Button onClick={() => onChange(without("subject"))}>
          <X aria-hidden />
          {t("aboutOne")}
        </Button>
      ) : null}
    </div>
  );
}
