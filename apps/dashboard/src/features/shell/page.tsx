import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

const Scroller = createContext<HTMLElement | null>(null);

/** The element that scrolls the page around here; null until it is there, which is after what it holds. */
export function useScroller(): HTMLElement | null {
  return useContext(Scroller);
}

/** A page: its title, one line of what it is for, one primary action, its content; details stand beside it. */
export function Page({
  title,
  heading,
  purpose,
  action,
  aside,
  children,
}: {
  /** What the browser's tab says. */
  title: string;
  /** What stands as the heading, where it is more than the title. */
  heading?: ReactNode;
  purpose?: ReactNode;
  action?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("shell");
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useEffect(() => {
    document.title = t("tab", { page: title });
  }, [title, t]);
  return (
    <Scroller value={scroller}>
      <div className="flex h-full min-h-0">
        <div ref={setScroller} className="min-w-0 grow overflow-y-auto overflow-x-clip">
          <div className="mx-auto grid w-full max-w-[220rem] grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-5 pb-24 sm:px-6 lg:px-8">
            <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
              <div className="grid min-w-0 grow basis-72 gap-0.5">
                {heading ?? <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>}
                {purpose ? <p className="text-muted">{purpose}</p> : null}
              </div>
              {action ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
            </header>
            {children}
          </div>
        </div>
        {aside}
      </div>
    </Scroller>
  );
}
