import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { sessionQuery } from "../../lib/session.ts";

/** From a page that has nothing more to offer to where the person can go on. */
export function WayOut() {
  const common = useTranslations("common");
  const account = useTranslations("account");
  const { data: session } = useQuery(sessionQuery);
  return (
    <Link to={session ? "/" : "/sign-in"} className={buttonClass("secondary", "lg")}>
      {session ? common("toOverview") : account("signIn")}
    </Link>
  );
}
