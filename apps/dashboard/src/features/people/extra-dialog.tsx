import { useQueryClient } from "@tanstack/react-query";
import type { ExtraGrant, MemberView } from "@vitrine/core/model/member";
import { expandGrants, type Permission, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { IconButton } from "@vitrine/ui/icon-button";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { GrantChoices } from "../settings/grant-choices.tsx";
import { useGrantWords } from "./use-grant-words.ts";

const LIVES = ["1", "7", "30", "90", "never"] as const;
const DAY_MS = 86_400_000;

/** What a person may do beyond their role: taken back one by one, and given for a time or for good. */
export function ExtraDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const t = useTranslations("extra");
  const common = useTranslations("common");
  const roles = useTranslations("role");
  const queryClient = useQueryClient();
  const heading = useId();
  const { permissions } = useSession().organization;
  const [kept, setKept] = useState<readonly ExtraGrant[]>(member.extra);
  const [more, setMore] = useState<readonly string[]>([]);
  const [life, setLife] = useState<(typeof LIVES)[number]>("30");
  const save = useAct(
    (extra: ExtraGrant[]) => api.members.setExtra.mutate({ userId: member.userId, extra }),
    {
      done: () => {
        notify({ title: t("saved", { name: member.name }) });
        onClose();
      },
      settled: () => queryClient.invalidateQueries({ queryKey: ["member"] }),
    },
  );
  const has = new Set(expandGrants([...ROLE_GRANTS[member.role], ...kept.map(({ grant }) => grant)]));
  const offered = permissions.filter((one: Permission) => !has.has(one));
  const submit = () => {
    const expiresAt = life === "never" ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString();
    const given = more.filter((one) => offered.some((other) => other === one));
    save.mutate([...kept, ...given.map((grant) => ({ grant, expiresAt }))]);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={t("title", { name: member.name })}
      description={t("purpose", { name: member.name, role: roles(member.role) })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" isBusy={save.isPending} onClick={submit}>
            {common("save")}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        <section aria-labelledby={heading} className="grid gap-2">
          <h3 id={heading} className="font-medium">
            {t("forNow")}
          </h3>
          {kept.length === 0 ? (
            <p className="text-muted">{t("none")}</p>
          ) : (
            <ul className="rounded-lg border">
              {kept.map((one) => (
                <Kept
                  key={one.grant}
                  extra={one}
                  onRemove={() => setKept(kept.filter((other) => other !== one))}
                />
              ))}
            </ul>
          )}
        </section>
        {offered.length === 0 ? null : (
          <>
            <GrantChoices
              legend={t("add")}
              chosen={more}
              offered={offered}
              onChange={setMore}
              error={undefined}
            />
            <Field label={t("life")}>
              {(control) => (
                <Select
                  control={control}
                  value={life}
                  onChange={setLife}
                  options={LIVES.map((value) => ({ value, label: t(`lives.${value}`) }))}
                />
              )}
            </Field>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Kept({ extra: { grant, expiresAt }, onRemove }: { extra: ExtraGrant; onRemove: () => void }) {
  const t = useTranslations("extra");
  const format = useFormatter();
  const words = useGrantWords();
  return (
    <li className="flex items-center gap-3 py-1.5 ps-3 pe-1.5 not-first:border-t">
      <span className="min-w-0 grow break-words">{words(grant)}</span>
      {expiresAt === null ? null : (
        <span className="tabular text-muted text-sm">
          {t("ends", {
            when: format.dateTime(new Date(expiresAt), { dateStyle: "medium", timeStyle: "short" }),
          })}
        </span>
      )}
      <IconButton label={t("takeBack", { grant: words(grant) })} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}
