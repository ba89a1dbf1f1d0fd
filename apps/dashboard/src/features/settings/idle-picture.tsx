import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { idleScene } from "../preview/idle-scene.ts";
import { STAGE_URL, useStageFrame } from "../preview/use-stage-frame.ts";

/** A screen with nothing to play, drawn by the very stage that screens have. */
export function IdlePicture({
  organizationName,
  color,
  logoUrl,
}: {
  organizationName: string;
  color: string | null;
  logoUrl: string | null;
}) {
  const t = useTranslations("brand");
  const { frame, isReady, say } = useStageFrame();
  const screenName = t("someScreen");
  useEffect(() => {
    if (!isReady) return;
    say({ kind: "settings", rotation: 0, volumePercent: 0 });
    say(idleScene({ screenName, organizationName, color, logoUrl }));
  }, [isReady, say, screenName, organizationName, color, logoUrl]);
  return (
    <figure className="grid max-w-md gap-2">
      <ScreenFrame width={16} height={9} tone="neutral">
        <iframe
          ref={frame}
          src={STAGE_URL}
          title={t("picture")}
          tabIndex={-1}
          className="pointer-events-none absolute inset-0 size-full border-0"
        />
      </ScreenFrame>
      <figcaption className="text-muted text-sm">{t("pictureHint")}</figcaption>
    </figure>
  );
}
