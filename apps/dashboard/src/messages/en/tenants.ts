import type { DomainState } from "@vitrine/core/model/domain";

/** Addresses of an organization, and the security that it asks for. */
export const tenants = {
  unavailable: {
    signOut: "Sign out",
    text: "There is no organization at this address, it was removed, or {email} does not belong to it. Ask whoever gave you the address, or sign in as somebody else.",
    title: "Nothing for you at this address",
  },
  domains: {
    add: "Add domain",
    addTitle: "Add a domain",
    addText: "A domain or sub-domain of your own. You prove that it is yours with a record in its DNS.",
    checked: "Looked at {when}",
    copyName: "Copy name",
    copyValue: "Copy value",
    copied: "Copied",
    domain: "Domain",
    domainHint: "Such as signage.example.com",
    empty:
      "With a domain of your own, people sign in at your address, under your name and logo. Add one, and prove with a DNS record that it is yours.",
    emptyTitle: "No domain of your own",
    notYet: "Not looked at yet",
    pointTo:
      "Let the domain itself lead to this server too, with a CNAME or A record, and have its certificate there.",
    purpose: "Where people find the organization.",
    record: "Add this TXT record to the DNS of the domain, then verify.",
    recordLost: "Put the record back, then verify.",
    recordName: "Name",
    recordType: "Type",
    recordValue: "Value",
    remove: "Remove",
    removed: "{domain} was removed",
    removeText: "People who open it do not come here any more. You can add it again at any time.",
    removeTitle: "Remove {domain}?",
    state: {
      lost: "No longer trusted",
      missing: "Record gone",
      verified: "Verified",
      waiting: "Not verified",
    } satisfies Record<DomainState, string>,
    subdomain: "Sub-domain",
    subdomainText: "Yours from the short name of the organization.",
    noSubdomain: "This server gives no sub-domains. Whoever runs it sets VITRINE_BASE_DOMAIN to do so.",
    title: "Domains",
    trustedUntil:
      "The record is not there any more. Until {when} the domain still leads here; then it no longer does.",
    verified: "{domain} leads to the organization now",
    verify: "Verify",
    verifyAgain: "Look again",
    yours: "Your domains",
    yoursText: "Each leads to this organization alone, as soon as its record is found.",
    branded: "Show name, logo and colour before signing in",
    brandedHint:
      "At the sub-domain, to everybody who opens it. Without it nobody can tell from outside that the organization is there. Your own domains always show them.",
  },
  access: {
    days: "{count, plural, one {# day} other {# days}}",
    domains: "E-mail addresses",
    domainsHint:
      "What may follow the @ of whoever is invited, joins or changes their address. None: any address. Sub-domains are named by themselves.",
    domainsWrong: "{count, plural, one {{domains} is no domain.} other {{domains} are no domains.}}",
    hours: "{count, plural, one {# hour} other {# hours}}",
    idle: "Sign in again after not being here for",
    idleHint: "An open dashboard counts as being here.",
    length: "Sign in again after",
    lengthHint:
      "Since password and second step were given. Whoever goes on gives them again, and loses nothing.",
    minutes: "{count, plural, one {# minute} other {# minutes}}",
    outside:
      "{count, plural, one {# member has another address. They stay, and can be looked at here.} other {{shown} members have other addresses. They stay, and can be looked at here.}}",
    outsideLink: "Show them",
    removeDomain: "Remove {domain}",
    saved: "Who may get in was changed",
    text: "Whose addresses belong here, and how long somebody who signed in stays so.",
    title: "People and sessions",
    unlimited: "As long as any session ({limit})",
  },
};
