import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Group, Ungroup } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { groupChoicesQuery } from "./group-queries.ts";
import { useGroupChange } from "./use-group-change.ts";

const AddToGroupDialog = lazy(async () => ({
  default: (await import("./add-to-group-dialog.tsx")).AddToGroupDialog,
}));

/** Puts the screens that are chosen into a group; where the list is of one group, also takes them out of it. */
export function GroupBulk({
  devices,
  groupId,
  onDone,
}: {
  devices: readonly DeviceView[];
  groupId: string | undefined;
  onDone: () => void;
}) {
  const t = useTranslations("groups");
  const [isAdding, setAdding] = useState(false);
  const groups = useQuery(groupChoicesQuery);
  const change = useGroupChange(onDone);
  const group = groups.data?.find((one) => one.id === groupId);
  const deviceIds = devices.map((device) => device.id);
  return (
    <>
      <Button onClick={() => setAdding(true)}>
        <Group aria-hidden />
        {t("put")}
      </Button>
      {group ? (
        <Button isBusy={change.isPending} onClick={() => change.mutate({ group, remove: deviceIds })}>
          <Ungroup aria-hidden />
          {t("takeOutMany")}
        </Button>
      ) : null}
      {isAdding ? (
        <Suspense>
          <AddToGroupDialog deviceIds={deviceIds} onClose={() => setAdding(false)} onDone={onDone} />
        </Suspense>
      ) : null}
    </>
  );
}
