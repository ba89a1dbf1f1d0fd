import {
  mayBeNotified,
  NOTIFICATION_KINDS,
  NOTIFIED,
  type NotificationChoices,
  type NotificationKind,
} from "@vitrine/core/model/notifications";
import { Switch } from "@vitrine/ui/switch";
import { Table, Td, Th, Tr } from "@vitrine/ui/table";
import { useTranslations } from "use-intl";
import { useCan, useSession } from "../../lib/session.ts";
import { useMuting, type Whose } from "./use-muting.ts";

/** Each kind of message: what it tells whom, and whether everybody and oneself is told. */
export function NotificationTable({ choices }: { choices: NotificationChoices }) {
  const t = useTranslations("notifications");
  const mute = useMuting(choices);
  return (
    <div className="overflow-hidden rounded-lg border bg-raised">
      <Table>
        <thead>
          <tr>
            <Th>{t("message")}</Th>
            <Th className="w-20 whitespace-normal px-1 py-2 text-center sm:w-24">
              {t("column.organization")}
            </Th>
            <Th className="w-20 whitespace-normal px-1 py-2 text-center sm:w-24">{t("column.own")}</Th>
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_KINDS.map((kind) => (
            <Row key={kind} kind={kind} choices={choices} onMute={mute} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

type RowProps = {
  kind: NotificationKind;
  choices: NotificationChoices;
  onMute: (whose: Whose, kind: NotificationKind, isMuted: boolean) => void;
};

function Row({ kind, choices, onMute }: RowProps) {
  const t = useTranslations("notifications");
  const can = useCan();
  const { role } = useSession().organization;
  const isOff = choices.organization.includes(kind);
  const label = (whose: Whose) => t("switch", { message: t(`kind.${kind}.name`), for: t(`column.${whose}`) });
  return (
    <Tr>
      <th scope="row" className="px-3 py-3 text-start font-normal">
        <span className="font-medium">{t(`kind.${kind}.name`)}</span>
        <span className="block text-muted text-sm">
          {t(`kind.${kind}.text`)} {t(NOTIFIED[kind] === "inviter" ? "toInviter" : "toRunning")}
        </span>
      </th>
      <Td className="px-1 text-center">
        <Switch
          label={label("organization")}
          isOn={!isOff}
          isDisabled={!can("organization.edit")}
          onChange={(isOn) => onMute("organization", kind, !isOn)}
        />
      </Td>
      <Td className="px-1 text-center">
        {mayBeNotified(kind, role) ? (
          <Switch
            label={label("own")}
            isOn={!isOff && !choices.own.includes(kind)}
            isDisabled={isOff}
            onChange={(isOn) => onMute("own", kind, !isOn)}
          />
        ) : (
          <span className="text-muted text-sm">{t("notToRole")}</span>
        )}
      </Td>
    </Tr>
  );
}
