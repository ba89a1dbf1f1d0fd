import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Skeleton } from "@vitrine/ui/skeleton";
import { type SubmitEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { useAct } from "../../lib/use-act.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { BusinessField } from "../businesses/business-field.tsx";
import { businessIssue } from "../businesses/business-issue.ts";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { groupChoicesQuery, refreshGroups } from "./group-queries.ts";
import { useGroupChange } from "./use-group-change.ts";

const NEW = "new";

/** Puts screens into one group: one that is there, or a new one. */
export function AddToGroupDialog({
  deviceIds,
  onClose,
  onDone,
}: {
  deviceIds: readonly string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const formId = useId();
  const radio = useId();
  const groups = useQuery(groupChoicesQuery);
  const [picked, setPicked] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [businessId, setBusinessId] = useState<string | null | undefined>(useBusinessInView());
  const choice = picked ?? (groups.data?.length === 0 ? NEW : null);
  const finish = () => {
    onDone();
    onClose();
  };
  const change = useGroupChange(finish);
  const create = useAct(
    (wanted: string) => api.groups.create.mutate({ name: wanted, deviceIds: [...deviceIds], businessId }),
    {
      done: (group) => {
        notify({ title: t("added", { count: deviceIds.length, name: group.name }) });
        finish();
      },
      failure: ({ code }) => code === "NAME_TAKEN" || code === "INVALID_INPUT" || code === "TOO_MANY",
      settled: () => refreshGroups(queryClient),
    },
  );
  const ofBusiness = businessIssue(create.error);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const group = groups.data?.find((one) => one.id === choice);
    if (choice === NEW) create.mutate(name);
    else if (group) change.mutate({ group, add: [...deviceIds] });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("putTitle", { count: deviceIds.length })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={choice === null || (choice === NEW && name.trim() === "")}
            isBusy={change.isPending || create.isPending}
          >
            {t("put")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid gap-3">
        {groups.data ? (
          <fieldset className="grid max-h-80 gap-1 overflow-y-auto p-0.5">
            <legend className="sr-only">{t("title")}</legend>
            {[...groups.data, { id: NEW, name: t("newOne"), deviceCount: 0 }].map((group) => (
              <label
                key={group.id}
                className={cn(
                  "flex min-h-11 items-center gap-3 rounded-lg border px-3 hover:border-control has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
                  choice === group.id && "border-accent bg-accent-soft",
                )}
              >
                <input
                  type="radio"
                  name={radio}
                  value={group.id}
                  checked={choice === group.id}
                  onChange={() => setPicked(group.id)}
                  className="accent-accent outline-none"
                />
                <span className="min-w-0 grow truncate font-medium">{group.name}</span>
                {group.id === NEW ? null : (
                  <span className="tabular shrink-0 text-muted text-sm">
                    {t("screens", { count: group.deviceCount })}
                  </span>
                )}
              </label>
            ))}
          </fieldset>
        ) : groups.isError ? (
          <QueryError query={groups} />
        ) : (
          <Skeleton className="h-32" />
        )}
        {choice === NEW ? (
          <>
            <Field
              label={t("name")}
              error={create.error && !ofBusiness ? failureText(toFailure(create.error)) : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={200}
                  autoComplete="off"
                  onChange={(event) => {
                    setName(event.target.value);
                    create.reset();
                  }}
                />
              )}
            </Field>
            <BusinessField
              value={businessId}
              error={ofBusiness}
              onChange={(next) => {
                setBusinessId(next);
                create.reset();
              }}
            />
          </>
        ) : null}
      </form>
    </Dialog>
  );
}
