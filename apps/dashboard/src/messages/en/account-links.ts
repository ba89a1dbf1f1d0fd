/** Pages that links of messages about an account lead to, and asking for them. */
export const accountLinks = {
  forgotPassword: {
    again: "Ask again",
    askedPurpose: "If there is an account for {email}, a message with a link is on its way there.",
    askedText:
      "The link is good for an hour and works once. If nothing comes, look among unwanted messages, or ask again; only the newest link works.",
    askedTitle: "Look in your mailbox",
    purpose: "Enter your address. We send a link there that sets a new one.",
    send: "Send link",
    title: "Forgot your password?",
    toSignIn: "Back to sign-in",
  },
  requestSignUp: {
    again: "Use another address",
    askedPurpose: "A message is on its way to {email}.",
    askedText:
      "Its link is good for a day. If nothing comes, look among unwanted messages, or ask whoever runs this installation: without a mail server the message stays in its data folder.",
    askedTitle: "Look in your mailbox",
    gone: "It was used already, or its day is over. Sign in, or ask for a new one.",
    goneTitle: "This link is no longer good",
    newLink: "Ask for a new link",
    invited:
      "People come in here by invitation. Ask an administrator of the organization for one, and open the link that you are sent.",
    invitedTitle: "By invitation only",
    purpose: "Enter your address. We send you a link to go on with.",
    send: "Send link",
  },
  resetPassword: {
    done: "Every browser was signed out. Sign in with the new one.",
    doneTitle: "Your password is set",
    gone: "It was used already, a newer one was sent, or its hour is over. Ask for a new one.",
    goneTitle: "This link is no longer good",
    newLink: "Ask for a new link",
    newPassword: "New password",
    openingPurpose: "A moment.",
    openingTitle: "Your new password",
    purpose: "It signs out every browser, this one too.",
    set: "Set password",
    title: "Set a new password",
  },
  confirmEmail: {
    confirm: "This is my address",
    done: "{email} is yours.",
    doneTitle: "Address confirmed",
    gone: "It was used already, a newer one was sent, or its time is over. Sign in to have another sent.",
    goneTitle: "This link is no longer good",
    openingPurpose: "A moment.",
    openingTitle: "Your address",
    purpose: "Confirm that {email} is yours. Messages about your account go there, and you sign in with it.",
    title: "Confirm your address",
  },
  accountLink: {
    lost: "For safety its secret is kept nowhere, so this page forgets it when it is loaded anew. Open the link from your message again.",
    lostTitle: "Open your link again",
  },
  verifyNotice: {
    send: "Send again",
    sent: "Sent to {email}. Look in your mailbox.",
    text: "Confirm that {email} is yours: open the link that was sent there. Until then you cannot invite people or make API keys.",
  },
};
