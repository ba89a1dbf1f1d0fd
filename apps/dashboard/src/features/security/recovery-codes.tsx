import { Button } from "@vitrine/ui/button";
import { CopyButton } from "@vitrine/ui/copy-button";
import { Download } from "lucide-react";
import type { RefObject } from "react";
import { useTranslations } from "use-intl";

/** Recovery codes, this once: to be copied or kept as a file. */
export function RecoveryCodes({
  codes,
  email,
  listRef,
}: {
  codes: readonly string[];
  email: string;
  listRef: RefObject<HTMLOListElement | null>;
}) {
  const t = useTranslations("factor");
  return (
    <div className="grid gap-4">
      <p>{t("codesText")}</p>
      <ol
        ref={listRef}
        tabIndex={-1}
        className="grid gap-x-6 gap-y-1 rounded-lg border bg-sunken p-4 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join("\n")} label={t("codesCopy")} doneLabel={t("codesCopied")} />
        <Button onClick={() => download(`${t("codesFile", { email })}\n\n${codes.join("\n")}\n`)}>
          <Download aria-hidden />
          {t("codesDownload")}
        </Button>
      </div>
    </div>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "vitrine-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(address);
}
