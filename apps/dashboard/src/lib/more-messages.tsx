import type { ReactNode } from "react";
import { IntlProvider, useLocale, useMessages } from "use-intl";

/** Adds texts that came with a part of the dashboard to those that are there already. */
export function MoreMessages({
  messages,
  children,
}: {
  messages: Partial<ReturnType<typeof useMessages>>;
  children: ReactNode;
}) {
  const locale = useLocale();
  const known = useMessages();
  return (
    <IntlProvider locale={locale} messages={{ ...known, ...messages }}>
      {children}
    </IntlProvider>
  );
}
