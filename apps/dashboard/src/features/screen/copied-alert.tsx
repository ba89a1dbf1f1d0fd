import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { Copy } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";

/** Says that a screen's identity was used from two places, on every tab; nothing where it was not. */
export function CopiedAlert({
  device,
  onRevoke,
}: {
  device: DeviceView;
  onRevoke: (() => void) | undefined;
}) {
  const t = useTranslations("screen");
  const format = useFormatter();
  if (!device.identityCopiedAt || !device.isActive) return null;
  return (
    <Notice
      tone="danger"
      isUrgent
      icon={<Copy aria-hidden />}
      action={
        onRevoke ? (
          <Button variant="danger" onClick={onRevoke}>
            {t("revoke")}
          </Button>
        ) : null
      }
    >
      <p className="font-medium">{t("copied")}</p>
      <p className="max-w-[90ch] text-sm">
        {t("copiedText", {
          when: format.dateTime(new Date(device.identityCopiedAt), {
            dateStyle: "medium",
            timeStyle: "short",
            timeZone: device.timeZone,
          }),
        })}{" "}
        {t("copiedTodo")}
      </p>
    </Notice>
  );
}
