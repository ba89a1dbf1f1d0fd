import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronLeft } from "lucide-react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { enLayout } from "../../messages/en-layout.ts";
import { Page } from "../shell/page.tsx";
import { LayoutEditor } from "./layout-editor.tsx";
import { layoutQuery } from "./layout-queries.ts";

/** One layout: its canvas of zones, and what is in each. */
export function LayoutPage() {
  return (
    <MoreMessages messages={enLayout}>
      <OneLayout />
    </MoreMessages>
  );
}

function OneLayout() {
  const t = useTranslations("layout");
  const { layoutId } = useParams({ from: "/app/layouts/$layoutId" });
  const navigate = useNavigate();
  const layout = useQuery(layoutQuery(layoutId));
  if (layout.data) {
    return (
      <LayoutEditor
        key={layoutId}
        layout={layout.data}
        query={layout}
        onRemoved={() => void navigate({ to: "/layouts" })}
      />
    );
  }
  return (
    <Page
      title={t("title")}
      heading={
        <div className="grid gap-1">
          <BackToLayouts />
          <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        </div>
      }
    >
      {layout.isError ? (
        <QueryError query={layout} />
      ) : (
        <Loading className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Skeleton className="aspect-video w-full" />
          <Skeleton className="h-96 w-full" />
        </Loading>
      )}
    </Page>
  );
}

/** The way back to the list. */
export function BackToLayouts() {
  const t = useTranslations("layout");
  return (
    <Link to="/layouts" className="flex w-fit items-center gap-1 text-muted text-sm hover:text-text">
      <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
      {t("back")}
    </Link>
  );
}
