import type { DeviceView } from "@vitrine/core/model/device";
import { Progress } from "@vitrine/ui/progress";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { glassOf, STATUS_LOOK } from "./device-status.tsx";

/** A screen drawn as it hangs, with what is known of its glass: what it confirmed, or its last picture, dimmed when old. */
export function Glass({
  device,
  isSmall = false,
  className,
}: {
  device: DeviceView;
  isSmall?: boolean;
  className?: string;
}) {
  const t = useTranslations("screens");
  const words = useTranslations("deviceStatus");
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const { width, height } = glassOf(device);
  const { tone, icon: Icon } = STATUS_LOOK[device.status];
  const isLive = device.status === "playing" || device.status === "trouble";
  const confirmed = device.onGlass?.thumbnailUrl ?? null;
  const url = (isLive ? confirmed : null) ?? device.screenshot?.url ?? confirmed;
  const isOld = device.status === "offline" || device.status === "revoked";
  const sync = device.status === "syncing" ? device.sync : null;
  return (
    <ScreenFrame
      isSmall={isSmall}
      width={width}
      height={height}
      tone={tone}
      isDim={isOld && url !== null}
      {...(className ? { className } : {})}
    >
      {url && url !== brokenUrl ? (
        <img
          src={url}
          alt={
            isOld
              ? t("lastPicture", { name: device.name })
              : t("onGlass", { name: device.onGlass?.assetName ?? device.name })
          }
          loading="lazy"
          decoding="async"
          onError={() => setBrokenUrl(url)}
          className="absolute inset-0 size-full object-contain"
        />
      ) : (
        <div className="absolute inset-0 grid place-content-center justify-items-center gap-1.5 p-2 text-center text-xs text-zinc-300">
          <Icon aria-hidden className="size-5" />
          {isSmall ? null : words(device.status)}
        </div>
      )}
      {sync && !isSmall ? (
        <Progress
          className="absolute inset-x-2 bottom-2"
          value={sync.bytesTotal > 0 ? sync.bytesReady / sync.bytesTotal : null}
          label={t("syncOf", { name: device.name })}
        />
      ) : null}
    </ScreenFrame>
  );
}
