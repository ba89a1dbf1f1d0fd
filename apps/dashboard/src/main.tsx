import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { UiProvider } from "@vitrine/ui/provider";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "use-intl";
import { formatLocale } from "./lib/format-locale.ts";
import { makeQueryClient } from "./lib/query-client.ts";
import { sessionQuery } from "./lib/session.ts";
import { en } from "./messages/en.ts";
import { makeRouter } from "./routes/router.tsx";
import "./styles.css";

const queryClient = makeQueryClient(() => {
  if (!queryClient.getQueryData(sessionQuery.queryKey)) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
});
const router = makeRouter(queryClient);
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const element = document.getElementById("root");
if (!element) throw new Error("The page has no #root");
createRoot(element).render(
  <StrictMode>
    <IntlProvider locale={formatLocale(navigator.language)} messages={en} timeZone={timeZone}>
      <UiProvider direction={document.documentElement.dir === "rtl" ? "rtl" : "ltr"}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </UiProvider>
    </IntlProvider>
  </StrictMode>,
);
