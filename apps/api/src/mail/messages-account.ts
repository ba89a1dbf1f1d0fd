import type { BrowserView } from "@vitrine/core/model/account";
import type { AccountLetterKind } from "./templates/account.ts";

/** Texts of messages about a person's account in one language. */
export type AccountMessages = {
  labels: Record<"newEmail" | "until" | "time" | "device" | "address", string>;
  /** What somebody used, in words. */
  device(device: BrowserView): string;
  /** `name` is empty where it is not known who reads this. */
  hello(name: string): string;
  letters: Record<AccountLetterKind, LetterTexts>;
};

type Names = { email: string; newEmail: string; until: string };
type LetterTexts = {
  subject: string;
  preheader(names: Names): string;
  heading: string;
  paragraphs(names: Names): string[];
  action: string;
  note: string;
};

const SCREENS_GO_ON = "Your screens go on playing, whatever happens to your account.";
const NOT_YOU =
  "If this was you, there is nothing to do. If it was not, set a new password at once: that ends every session and every link that was sent.";

/** In English. */
export const enAccount: AccountMessages = {
  labels: {
    newEmail: "New address",
    until: "Good until",
    time: "Time",
    device: "Browser",
    address: "From",
  },
  device: ({ browser, system }) => {
    if (browser === null) return system ?? "A browser that does not say what it is";
    return system === null ? browser : `${browser} on ${system}`;
  },
  hello: (name) => (name === "" ? "Hello," : `Hello ${name},`),
  letters: {
    resetPassword: {
      subject: "Set a new password for Vitrine",
      preheader: ({ until }) => `The link is good until ${until}.`,
      heading: "Set a new password",
      paragraphs: ({ email }) => [
        `Somebody, probably you, asked for a new password for the account of ${email}. The link below sets one. It works once.`,
      ],
      action: "Set a new password",
      note: "If you did not ask for this, ignore it: your password stays as it is, and nobody was let in.",
    },
    verifyEmail: {
      subject: "Confirm your address for Vitrine",
      preheader: ({ until }) => `The link is good until ${until}.`,
      heading: "Confirm your address",
      paragraphs: ({ email }) => [
        `There is an account of Vitrine with the address ${email}. Confirm that it is yours: from then on you can invite people and make API keys. The link works once.`,
      ],
      action: "Confirm address",
      note: "If you made no account, ignore this. Without your confirmation the account can invite nobody.",
    },
    changeEmail: {
      subject: "Confirm your new address for Vitrine",
      preheader: ({ until }) => `The link is good until ${until}.`,
      heading: "Confirm your new address",
      paragraphs: ({ email }) => [
        `You asked to sign in with ${email} from now on. It changes as soon as you confirm it here; until then your former address stays. The link works once.`,
      ],
      action: "Confirm new address",
      note: "If you did not ask for this, ignore it: nothing changes.",
    },
    signUp: {
      subject: "Create your account of Vitrine",
      preheader: ({ until }) => `The link is good until ${until}.`,
      heading: "Create your account",
      paragraphs: ({ email }) => [
        `Somebody, probably you, wants to create an account of Vitrine with the address ${email}. The link below leads on.`,
      ],
      action: "Create account",
      note: "If it was not you, ignore this: nothing was created, and nothing will be.",
    },
    signUpTaken: {
      subject: "You have an account of Vitrine already",
      preheader: () => "Sign in with it.",
      heading: "You have an account already",
      paragraphs: ({ email }) => [
        `Somebody, probably you, wanted to create an account of Vitrine with the address ${email}. It has one already: sign in with it. If you forgot the password, that page sends a link for a new one.`,
      ],
      action: "Sign in",
      note: "If it was not you, there is nothing to do: nobody was let in, and they were not told that you have an account.",
    },
    addressTaken: {
      subject: "Your address already has an account of Vitrine",
      preheader: () => "Somebody wanted to use it for another one.",
      heading: "You have an account already",
      paragraphs: ({ email }) => [
        `Somebody asked to change the address of another account to ${email}. It has an account of its own already, so nothing was changed.`,
        "If it was you, sign in with this address, or give this account another address first.",
      ],
      action: "Sign in",
      note: "If it was not you, there is nothing to do: nobody was let in, and they were not told that you have an account.",
    },
    passwordChanged: {
      subject: "Your password for Vitrine was changed",
      preheader: () => "If it was not you, act now.",
      heading: "Your password was changed",
      paragraphs: ({ email }) => [
        `The account of ${email} has a new password. Every other session was ended.`,
        "If this was you, there is nothing to do. If it was not, set a new password with the button below: that ends every session, theirs too.",
      ],
      action: "Set a new password",
      note: SCREENS_GO_ON,
    },
    emailChangeAsked: {
      subject: "Your address for Vitrine is about to change",
      preheader: () => "If it was not you, act now.",
      heading: "A new address was asked for",
      paragraphs: ({ email, newEmail }) => [
        `Somebody who knows the password of the account of ${email} asked to change its address to ${newEmail}. It changes when that address is confirmed.`,
        NOT_YOU,
      ],
      action: "Look after your account",
      note: SCREENS_GO_ON,
    },
    emailChanged: {
      subject: "Your address for Vitrine was changed",
      preheader: () => "This was the last message to this address.",
      heading: "Your address was changed",
      paragraphs: ({ email, newEmail }) => [
        `The account that had the address ${email} has ${newEmail} now. Sign in with that one from now on.`,
        "If this was not you, ask an owner of your organization to remove the account at once, and to invite you anew.",
      ],
      action: "Look after your account",
      note: SCREENS_GO_ON,
    },
    newDevice: {
      subject: "A new browser signed in to Vitrine",
      preheader: () => "If it was not you, act now.",
      heading: "A new browser signed in",
      paragraphs: ({ email }) => [
        `Somebody signed in to the account of ${email} from a browser that was not used for it before.`,
        NOT_YOU,
      ],
      action: "Look at your sessions",
      note: SCREENS_GO_ON,
    },
    secondFactorOn: {
      subject: "Two-step sign-in is on for Vitrine",
      preheader: () => "If it was not you, act now.",
      heading: "Two-step sign-in is on",
      paragraphs: ({ email }) => [
        `Signing in to the account of ${email} takes a code from an app now, beside the password. Every other session was ended.`,
        "If this was not you, somebody knows your password: ask an owner of your organization to remove the account at once, and to invite you anew.",
      ],
      action: "Look after your account",
      note: SCREENS_GO_ON,
    },
    secondFactorOff: {
      subject: "Two-step sign-in is off for Vitrine",
      preheader: () => "If it was not you, act now.",
      heading: "Two-step sign-in is off",
      paragraphs: ({ email }) => [
        `The password alone lets into the account of ${email} now. Its recovery codes no longer work.`,
        NOT_YOU,
      ],
      action: "Look after your account",
      note: SCREENS_GO_ON,
    },
    recoveryCodesRenewed: {
      subject: "You have new recovery codes for Vitrine",
      preheader: () => "If it was not you, act now.",
      heading: "New recovery codes were made",
      paragraphs: ({ email }) => [
        `The account of ${email} has new recovery codes. The former ones no longer work.`,
        NOT_YOU,
      ],
      action: "Look after your account",
      note: SCREENS_GO_ON,
    },
    recoveryCodeUsed: {
      subject: "A recovery code was used for Vitrine",
      preheader: () => "If it was not you, act now.",
      heading: "A recovery code was used",
      paragraphs: ({ email }) => [
        `Somebody who knows the password of the account of ${email} used one of its recovery codes in place of the app. It does not work again.`,
        NOT_YOU,
      ],
      action: "Look at your recovery codes",
      note: SCREENS_GO_ON,
    },
  },
};
