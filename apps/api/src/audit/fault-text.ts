import type { CheckFault } from "@vitrine/core/model/audit";

/** What is wrong with a chain, in one sentence that names the first bad event. */
export function faultText(fault: CheckFault): string {
  switch (fault.kind) {
    case "changed":
      return `event ${fault.sequence} (${fault.id}) was changed, or the one before it was taken out`;
    case "missing":
      return `event ${fault.sequence} is missing; the next one is ${fault.nextId}`;
    case "outOfOrder":
      return `event ${fault.sequence} is out of order: ${fault.belongsHereId} belongs there${fault.id === null ? "" : ` and not ${fault.id}`}`;
    case "cutOff":
      return `event ${fault.sequence} and what followed is cut off since the anchor of ${fault.anchoredAt}, at event ${fault.anchoredSequence}; anchors prove what is left up to event ${fault.provenSequence}`;
    case "rewritten":
      return `event ${fault.sequence} or a later one was written anew: event ${fault.anchoredSequence} (${fault.id}) is not the one of the anchor of ${fault.anchoredAt}`;
    case "anchors":
      return `line ${fault.line} of the anchors is not as it was written`;
  }
}
