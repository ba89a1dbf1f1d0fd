import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ROLES } from "@vitrine/core/model/permissions";
import { Button } from "@vitrine/ui/button";
import { Select } from "@vitrine/ui/select";
import { UserRoundPlus, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { NothingMatches } from "../../lib/nothing-listed.tsx";
import { PagedList } from "../../lib/paged-list.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { enPeople } from "../../messages/en-people.ts";
import { RoomLeft } from "../plan/room-left.tsx";
import { Page } from "../shell/page.tsx";
import { Invitations } from "./invitations.tsx";
import { membersQuery } from "./people-queries.ts";
import type { PeopleSearch } from "./people-search.ts";
import { PersonRow } from "./person-row.tsx";

const InviteDialog = lazy(async () => ({ default: (await import("./invite-dialog.tsx")).InviteDialog }));

/** Who is in the organization and as what, and who is invited to it. */
export function PeoplePage() {
  return (
    <MoreMessages messages={{ ...enPeople, ...enBusinesses }}>
      <People />
    </MoreMessages>
  );
}

function People() {
  const t = useTranslations("people");
  const roles = useTranslations("role");
  const format = useFormatter();
  const can = useCan();
  const search = useSearch({ from: "/app/settings/people" });
  const navigate = useNavigate({ from: "/settings/people" });
  const query = useInfiniteQuery(membersQuery(search));
  const change = (next: PeopleSearch) => void navigate({ search: next, replace: true });
  const { invite, ...closed } = search;
  const { q: _q, ...withoutText } = closed;
  const { role: _role, ...withoutRole } = closed;
  const { outside: _outside, ...withoutOutside } = closed;
  const total = query.data?.pages[0]?.total;
  const action = can("members.manage") ? (
    <>
      <RoomLeft thing="people" />
      <Button variant="primary" onClick={() => change({ ...closed, invite: true })}>
        <UserRoundPlus aria-hidden />
        {t("invite")}
      </Button>
    </>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={action}>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          value={search.q ?? ""}
          label={t("search")}
          onChange={(q) => change(q ? { ...withoutText, q } : withoutText)}
        />
        <Select
          label={t("roleFilter")}
          className="w-auto min-w-36"
          value={search.role ?? "all"}
          onChange={(role) => change(role === "all" ? withoutRole : { ...withoutRole, role })}
          options={[
            { value: "all", label: t("allRoles") },
            ...ROLES.map((value) => ({ value, label: roles(value) })),
          ]}
        />
        {search.outside ? (
          <Button onClick={() => change(withoutOutside)}>
            <X aria-hidden />
            {t("outside")}
          </Button>
        ) : null}
        <p className="tabular ms-auto text-muted text-sm" aria-live="polite">
          {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
        </p>
      </div>
      <PagedList
        query={query}
        label={t("title")}
        empty={
          <NothingMatches title={t("noMatchTitle")} onClear={() => change({})}>
            {t("noMatch")}
          </NothingMatches>
        }
      >
        {(member) => <PersonRow key={member.userId} member={member} />}
      </PagedList>
      <Invitations action={action} />
      {invite && can("members.manage") ? (
        <Suspense>
          <InviteDialog onClose={() => change(closed)} />
        </Suspense>
      ) : null}
    </Page>
  );
}
