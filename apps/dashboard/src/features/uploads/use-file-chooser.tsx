import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { ACCEPT } from "./file-types.ts";

/** Opens the machine's file chooser. Put `input` somewhere in the page; `open` needs a press of a person. */
export function useFileChooser(
  onFiles: (files: File[]) => void,
  { isMultiple = true }: { isMultiple?: boolean } = {},
): { input: ReactNode; open: () => void } {
  const t = useTranslations("uploads");
  const element = useRef<HTMLInputElement>(null);
  return {
    open: () => element.current?.click(),
    input: (
      <input
        ref={element}
        type="file"
        hidden
        multiple={isMultiple}
        accept={ACCEPT}
        aria-label={t("choose")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    ),
  };
}
