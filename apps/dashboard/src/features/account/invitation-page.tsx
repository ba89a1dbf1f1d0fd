import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { SessionView } from "@vitrine/core/model/account";
import type { OpenedInvitation } from "@vitrine/core/model/member";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { sessionQuery, useEnterSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enPeople } from "../../messages/en-people.ts";
import { GuestFrame } from "./guest-frame.tsx";
import { InvitationForAnother } from "./invitation-for-another.tsx";
import { InvitationForNewcomer } from "./invitation-for-newcomer.tsx";
import { InvitationForSelf } from "./invitation-for-self.tsx";
import { InvitationOffer } from "./invitation-offer.tsx";
import { InvitationSignIn } from "./invitation-sign-in.tsx";
import { LinkOpening } from "./link-opening.tsx";
import { useLinkToken } from "./use-link-token.ts";
import { WayOut } from "./way-out.tsx";

/** Where the link of an invitation leads: who invites to what as what, and the way in for whoever opened it. */
export function InvitationPage() {
  const token = useLinkToken("/invitation");
  return (
    <MoreMessages messages={enPeople}>
      {token === null ? <Lost /> : <Invitation key={token} token={token} />}
    </MoreMessages>
  );
}

function openedQuery(token: string) {
  return queryOptions({
    queryKey: ["openedInvitation", token],
    queryFn: ({ signal }) => api.invitations.open.mutate({ token }, { signal }),
    placeholderData: keepPreviousData,
  });
}

function Invitation({ token }: { token: string }) {
  const t = useTranslations("invitation");
  const [isTaken, setTaken] = useState(false);
  const opened = useQuery({ ...openedQuery(token), enabled: !isTaken });
  if (opened.error && toFailure(opened.error).code === "INVITATION_INVALID") return <Gone />;
  if (opened.data) {
    return (
      <Opened
        token={token}
        invitation={opened.data}
        onStale={() => void opened.refetch()}
        onTaken={() => setTaken(true)}
      />
    );
  }
  return (
    <GuestFrame title={t("openingTitle")} purpose={t("openingPurpose")}>
      <LinkOpening opened={opened} />
    </GuestFrame>
  );
}

function Opened({
  token,
  invitation,
  onStale,
  onTaken,
}: {
  token: string;
  invitation: OpenedInvitation;
  onStale: () => void;
  /** It was taken up: from here on the link is no longer good. */
  onTaken: () => void;
}) {
  const t = useTranslations("invitation");
  const format = useFormatter();
  const router = useRouter();
  const queryClient = useQueryClient();
  const enter = useEnterSession();
  const { data: session } = useQuery(sessionQuery);
  const goIn = (joined: SessionView) => {
    onTaken();
    enter(joined);
    router.history.push("/");
  };
  const accept = useAct(() => api.invitations.accept.mutate({ token }), {
    done: goIn,
    failure: ({ code }) => {
      if (code === "INVITATION_INVALID") onStale();
      return true;
    },
  });
  const { organizationName, invitedByName, email, expiresAt, hasAccount } = invitation;
  return (
    <GuestFrame
      title={t("title", { organization: organizationName })}
      purpose={
        invitedByName === null ? t("invited", { email }) : t("invitedBy", { name: invitedByName, email })
      }
    >
      <InvitationOffer invitation={invitation} />
      {session ? (
        session.user.email.toLowerCase() === email.toLowerCase() ? (
          <InvitationForSelf
            session={session}
            organizationName={organizationName}
            onAccept={() => accept.mutate(undefined)}
            isBusy={accept.isPending}
            error={accept.error}
          />
        ) : (
          <InvitationForAnother email={email} session={session} />
        )
      ) : hasAccount ? (
        <InvitationSignIn
          email={email}
          onSignedIn={(signedIn) => {
            queryClient.setQueryData(sessionQuery.queryKey, signedIn);
            accept.mutate(undefined);
          }}
        />
      ) : (
        <InvitationForNewcomer token={token} email={email} onJoined={goIn} onStale={onStale} />
      )}
      <p className="text-center text-muted text-sm">
        {t("goodUntil", { date: format.dateTime(new Date(expiresAt), { dateStyle: "long" }) })}
      </p>
    </GuestFrame>
  );
}

function Gone() {
  const t = useTranslations("invitation");
  return (
    <GuestFrame title={t("goneTitle")} purpose={t("gone")}>
      <WayOut />
    </GuestFrame>
  );
}

/** The page was loaded anew, or its address was typed. */
function Lost() {
  const t = useTranslations("invitation");
  return (
    <GuestFrame title={t("lostTitle")} purpose={t("lost")}>
      <WayOut />
    </GuestFrame>
  );
}
