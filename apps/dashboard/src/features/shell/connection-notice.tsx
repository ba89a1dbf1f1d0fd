import { Unplug } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDebounced } from "../../lib/use-debounced.ts";

const PATIENCE_MS = 4_000;

/** Says that what is shown may lag behind, once the stream has been away for a while. */
export function ConnectionNotice({ isLive }: { isLive: boolean }) {
  const t = useTranslations("shell");
  const wasLive = useDebounced(isLive, PATIENCE_MS);
  return (
    <div role="status">
      {isLive || wasLive ? null : (
        <p className="flex items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-sm text-warning">
          <Unplug aria-hidden className="size-4 shrink-0" />
          {t("notLive")}
        </p>
      )}
    </div>
  );
}
