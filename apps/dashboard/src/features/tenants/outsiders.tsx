import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";

/** How many members have an address that the organization would not take now, and the way to them. */
export function Outsiders() {
  const t = useTranslations("access");
  const format = useFormatter();
  const can = useCan();
  const { data: count } = useQuery({
    queryKey: ["member", "outsiders"],
    queryFn: ({ signal }) => api.members.list.query({ isOutside: true, limit: 1 }, { signal }),
    select: ({ total }) => total,
    enabled: can("members.view"),
  });
  if (!count) return null;
  return (
    <p className="text-sm">
      {t("outside", { count, shown: format.number(count) })}{" "}
      <Link
        to="/settings/people"
        search={{ outside: true }}
        className="font-medium text-accent-text underline-offset-4 hover:underline"
      >
        {t("outsideLink")}
      </Link>
    </p>
  );
}
