import { Kbd } from "@vitrine/ui/kbd";
import { useTranslations } from "use-intl";

/** What the keys do on the canvas. */
export function CanvasKeys({ id }: { id: string }) {
  const t = useTranslations("layout");
  return (
    <p
      id={id}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm max-sm:sr-only [&>span]:inline-flex [&>span]:items-center [&>span]:gap-1"
    >
      <span>
        <Kbd>←</Kbd>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        <Kbd>→</Kbd> {t("keys.move")}
      </span>
      <span>
        <Kbd>Alt</Kbd> {t("keys.resize")}
      </span>
      <span>
        <Kbd>Shift</Kbd> {t("keys.far")}
      </span>
      <span>
        <Kbd>Tab</Kbd> {t("keys.next")}
      </span>
      <span>
        <Kbd>Enter</Kbd> {t("keys.fields")}
      </span>
      <span>
        <Kbd>[</Kbd>
        <Kbd>]</Kbd> {t("keys.depth")}
      </span>
    </p>
  );
}
