import { useQuery } from "@tanstack/react-query";
import { IconButton } from "@vitrine/ui/icon-button";
import { Progress } from "@vitrine/ui/progress";
import { CircleAlert, CircleCheck, LoaderCircle, RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useBytes } from "../../lib/use-bytes.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { assetQuery } from "../content/asset-queries.ts";
import { isUnderWay, type Upload } from "./upload-state.ts";

/** One file of the tray, followed until it is ready to play or known not to be. */
export function UploadLine({
  upload,
  onCancel,
  onRetry,
}: {
  upload: Upload;
  onCancel: () => void;
  onRetry: () => void;
}) {
  const t = useTranslations("uploads");
  return (
    <li className="grid gap-1 px-4 py-2 not-first:border-t">
      <div className="flex min-h-8 items-center gap-2">
        <div className="min-w-0 grow">
          <p className="truncate">{upload.name}</p>
          <UploadWords upload={upload} />
        </div>
        {upload.phase === "failed" || upload.phase === "cancelled" ? (
          <IconButton label={t("retryFile", { name: upload.name })} onClick={onRetry}>
            <RotateCw aria-hidden />
          </IconButton>
        ) : null}
        {isUnderWay(upload) ? (
          <IconButton label={t("cancelFile", { name: upload.name })} onClick={onCancel}>
            <X aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {isUnderWay(upload) ? (
        <Progress
          value={upload.sizeBytes === 0 ? null : upload.sentBytes / upload.sizeBytes}
          label={t("progressOf", { name: upload.name })}
          tone={upload.phase === "waiting" ? "warning" : "accent"}
        />
      ) : null}
    </li>
  );
}

function UploadWords({ upload }: { upload: Upload }) {
  const t = useTranslations("uploads");
  const bytes = useBytes();
  const failureText = useFailureText();
  switch (upload.phase) {
    case "queued":
      return <Words>{t("queued")}</Words>;
    case "sending":
      return (
        <Words>
          {bytes(upload.sentBytes)} / {bytes(upload.sizeBytes)}
        </Words>
      );
    case "waiting":
      return <Words className="text-warning">{t("waiting")}</Words>;
    case "cancelled":
      return <Words>{t("cancelled")}</Words>;
    case "failed":
      return (
        <Words className="text-danger" icon={<CircleAlert aria-hidden />}>
          {upload.failure ? failureText(upload.failure) : ""}
          {upload.failure?.requestId ? ` (${upload.failure.requestId})` : ""}
        </Words>
      );
    case "sent":
      return upload.assetId ? <Processing assetId={upload.assetId} /> : <Words>{t("sent")}</Words>;
  }
}

function Processing({ assetId }: { assetId: string }) {
  const t = useTranslations("uploads");
  const faults = useTranslations("assetFault");
  const asset = useQuery({
    ...assetQuery(assetId),
    refetchInterval: ({ state }) =>
      state.data?.state === "ready" || state.data?.state === "failed" ? false : 2_000,
  });
  if (asset.data?.state === "ready") {
    return (
      <Words className="text-success" icon={<CircleCheck aria-hidden />}>
        {t("ready")}
      </Words>
    );
  }
  if (asset.data?.state === "failed") {
    return (
      <Words className="text-danger" icon={<CircleAlert aria-hidden />}>
        {faults(asset.data.fault ?? "damaged")}
      </Words>
    );
  }
  return <Words icon={<LoaderCircle aria-hidden className="animate-spin" />}>{t("processing")}</Words>;
}

function Words({
  className = "text-muted",
  icon,
  children,
}: {
  className?: string;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <p className={`tabular flex items-center gap-1.5 text-sm [&_svg]:size-3.5 [&_svg]:shrink-0 ${className}`}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
