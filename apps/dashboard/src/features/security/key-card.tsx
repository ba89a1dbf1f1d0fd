import { CopyButton } from "@vitrine/ui/copy-button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { create } from "qrcode";
import { useTranslations } from "use-intl";

/** Light modules around a QR code that a reader needs (ISO 18004). */
const QUIET_MODULES = 4;

/** What an app is told: as a picture to scan, and as text to type. */
export function KeyCard({ uri, keyText }: { uri: string; keyText: string }) {
  const t = useTranslations("factor");
  return (
    <div className="grid gap-4">
      <p>{t("scan")}</p>
      <QrCode text={uri} label={t("qr")} />
      <Field label={t("key")}>
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <Input
              {...control}
              readOnly
              value={keyText.replaceAll(/.{4}(?=.)/g, "$& ")}
              onFocus={(event) => event.target.select()}
              className="min-w-0 grow basis-56 font-mono text-sm"
            />
            <CopyButton text={keyText} label={t("keyCopy")} doneLabel={t("keyCopied")} />
          </div>
        )}
      </Field>
    </div>
  );
}

/** Dark on light in either look: readers expect it so. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + 2 * QUIET_MODULES;
  let path = "";
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`;
    }
  }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="mx-auto size-52 rounded-lg border bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
