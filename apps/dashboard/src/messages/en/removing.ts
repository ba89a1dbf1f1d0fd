/** Removing an organization, and bringing it back. */
export const removing = {
  removing: {
    bringBack: "Bring back",
    bringBackNamed: "Bring back {name}",
    broughtBack: "{name} is back",
    done: "{name} was removed",
    name: "Its name",
    nameHint: "Enter “{name}” to be sure.",
    now: "Remove organization",
    open: "Remove organization",
    removedAt: "Removed {when}",
    removedTitle: "Organizations that were removed",
    text: "Nobody signs in to it any more, and its API keys and invitations stop working. Screens play on what they have. An owner can bring it all back.",
    title: "Remove {name}?",
    heading: "Removal",
    headingText: "For when the organization is no longer wanted.",
  },
};
