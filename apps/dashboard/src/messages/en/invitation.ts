/** Taking up an invitation. */
export const invitation = {
  invitation: {
    createAndJoin: "Create account and join",
    forAnother: "The invitation is for {email}. You are signed in as {own}.",
    gone: "It was taken up already, was withdrawn or replaced, or its time is over. Ask whoever invited you for a new one.",
    goneTitle: "This invitation is no longer good",
    goodUntil: "The invitation is good until {date}.",
    invited: "{email} is invited.",
    invitedBy: "{name} invites {email}.",
    lost: "For safety its secret is kept nowhere, so this page forgets it when it is loaded anew. Open the link from your message again.",
    lostTitle: "Open your invitation again",
    openingPurpose: "A moment.",
    openingTitle: "Your invitation",
    offer: "{role} at {organization}",
    passwordHint: "You have an account with this address already.",
    signedInAs: "You are signed in as {name} ({email}).",
    signInAndJoin: "Sign in and join",
    signOut: "Sign out and go on",
    title: "Join {organization}",
  },
};
