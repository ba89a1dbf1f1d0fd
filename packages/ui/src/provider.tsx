import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import type { ReactNode } from "react";
import { Tips } from "./tips.tsx";

/** Must be around everything of this package: reading direction, tips, and no inline style elements. */
export function UiProvider({ direction, children }: { direction: "ltr" | "rtl"; children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        {children}
        <Tips />
      </DirectionProvider>
    </CSPProvider>
  );
}
