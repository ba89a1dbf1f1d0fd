import { Button } from "@vitrine/ui/button";
import { Menu, MenuItem, MenuLink } from "@vitrine/ui/menu";
import { Braces, Download, KeyRound, Table } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { type AuditSearch, filterOf } from "./audit-search.ts";

/** Takes out what the filter shows as a file, or the head of the record, to be kept elsewhere. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const t = useTranslations("audit");
  const { organization } = useSession();
  const head = useAct(() => api.audit.state.query(), {
    done: ({ head: { sequence, hash, at } }) => {
      const text = JSON.stringify({ organizationId: organization.id, sequence, hash, at }, null, 2);
      save(`audit-head-${organization.slug}-${sequence}.json`, text);
    },
  });
  return (
    <Menu
      trigger={
        <Button isBusy={head.isPending}>
          <Download aria-hidden />
          {t("export")}
        </Button>
      }
    >
      <MenuLink icon={<Table aria-hidden />} render={<a href={exportUrl("csv", search)} download />}>
        {t("exportCsv")}
      </MenuLink>
      <MenuLink icon={<Braces aria-hidden />} render={<a href={exportUrl("jsonl", search)} download />}>
        {t("exportJson")}
      </MenuLink>
      <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => head.mutate(undefined)}>
        {t("exportHead")}
      </MenuItem>
    </Menu>
  );
}

function exportUrl(format: "csv" | "jsonl", search: AuditSearch): string {
  const filter = Object.entries(filterOf(search)).map(([name, value]) => [name, `${value}`]);
  return `/audit/export?${new URLSearchParams([["format", format], ...filter])}`;
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
