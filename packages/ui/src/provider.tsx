import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";

/** Must be around everything of this package: reading direction, tooltips, and no inline style elements. */
export function UiProvider({ direction, children }: { direction: "ltr" | "rtl"; children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <Tooltip.Provider>{children}</Tooltip.Provider>
      </DirectionProvider>
    </CSPProvider>
  );
}
