import { createEntryInput } from "@vitrine/core/model/entry";
import type { FieldErrors, Resolver } from "react-hook-form";
import { areNowhere } from "../targets/targets.ts";
import { type EntryInput, type EntryValues, inputOf } from "./entry-values.ts";

/** What the editor says of fields that are not filled in as they must be. */
export type EntryFaultWords = {
  content: string;
  targets: string;
  date: string;
  time: string;
  share: string;
  priority: string;
};

/** Checks an entry against the shape that the server takes, and puts each fault on the field that it is about. */
export function entryResolver(
  timeZone: string,
  words: EntryFaultWords,
): Resolver<EntryValues, unknown, EntryInput> {
  return (values) => {
    const errors = faultsOf(values, words);
    if (Object.keys(errors).length > 0) return { values: {}, errors };
    const read = createEntryInput.safeParse(inputOf(values, timeZone));
    if (read.success) return { values: read.data, errors: {} };
    for (const { path, message } of read.error.issues) put(errors, path.map(String), message);
    return { values: {}, errors };
  };
}

function faultsOf(values: EntryValues, words: EntryFaultWords): FieldErrors<EntryValues> {
  const errors: FieldErrors<EntryValues> = {};
  const { content, targets, when } = values;
  if (!content) errors.content = { type: "needed", message: words.content };
  if (areNowhere(targets)) put(errors, ["targets"], words.targets);
  if (when.kind !== "always") {
    if (when.startDate === "") put(errors, ["when", "startDate"], words.date);
    if (when.startTime === "") put(errors, ["when", "startTime"], words.time);
    if (when.endDate === "") put(errors, ["when", "endDate"], words.date);
    if (when.endTime === "") put(errors, ["when", "endTime"], words.time);
  }
  const share = Number(values.sharePercent);
  if (values.kind === "interrupt" && !(values.sharePercent.trim() !== "" && share >= 0.1 && share <= 100)) {
    put(errors, ["sharePercent"], words.share);
  }
  if (!/^\d{1,4}$/.test(values.priority) || Number(values.priority) > 1000) {
    put(errors, ["priority"], words.priority);
  }
  return errors;
}

const OF_WHEN: Record<string, keyof EntryValues["when"]> = {
  start: "startDate",
  end: "endDate",
  recurrence: "recurrence",
  exceptDates: "exceptDates",
  extraDates: "extraDates",
};

function put(
  errors: FieldErrors<EntryValues>,
  [field = "", part = ""]: readonly string[],
  message: string,
): void {
  const fault = { type: "validate", message };
  if (field === "when") {
    const inner = OF_WHEN[part] ?? part;
    errors.when = { ...errors.when, [inner === "" ? "endDate" : inner]: fault };
    return;
  }
  if (field === "targets") {
    Object.assign(errors, { targets: fault });
    return;
  }
  if (field !== "") Object.assign(errors, { [field]: fault });
}
