import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";

/** Leads to the thing of an event, where it still has a name and a page. */
export function SubjectLink({ event, className }: { event: Outputs["audit"]["get"]; className: string }) {
  const t = useTranslations("audit");
  const { subject, subjectId: id, subjectName } = event;
  if (id === null || subjectName === null) return null;
  const text = t("goTo");
  switch (subject) {
    case "asset":
      return (
        <Link to="/content" search={{ asset: id }} className={className}>
          {text}
        </Link>
      );
    case "playlist":
      return (
        <Link to="/playlists/$playlistId" params={{ playlistId: id }} className={className}>
          {text}
        </Link>
      );
    case "layout":
      return (
        <Link to="/layouts/$layoutId" params={{ layoutId: id }} className={className}>
          {text}
        </Link>
      );
    case "entry":
      return (
        <Link to="/schedule" search={{ entry: id }} className={className}>
          {text}
        </Link>
      );
    case "group":
      return (
        <Link to="/screens/groups" search={{ group: id }} className={className}>
          {text}
        </Link>
      );
    case "device":
      return (
        <Link to="/screens/$deviceId" params={{ deviceId: id }} className={className}>
          {text}
        </Link>
      );
    case "daypart":
      return (
        <Link to="/settings/dayparts" className={className}>
          {text}
        </Link>
      );
    case "business":
      return (
        <Link to="/settings/businesses" search={{ q: subjectName }} className={className}>
          {text}
        </Link>
      );
    case "apiKey":
      return (
        <Link to="/settings/api-keys" className={className}>
          {text}
        </Link>
      );
    case "member":
    case "invitation":
      return (
        <Link to="/settings/people" search={{ q: subjectName }} className={className}>
          {text}
        </Link>
      );
    case "organization":
      return (
        <Link to="/settings/organization" className={className}>
          {text}
        </Link>
      );
    default:
      return null;
  }
}
