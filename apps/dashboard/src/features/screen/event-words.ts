import type { CommandKind } from "@vitrine/core/model/device";
import { COMMAND_KINDS } from "@vitrine/core/model/device";
import type { DeviceEventKind, DeviceEventView } from "@vitrine/core/model/device-health";
import type { Tone } from "@vitrine/ui/status";
import type { useTranslations } from "use-intl";

type Sources = {
  t: ReturnType<typeof useTranslations<"events">>;
  commands: ReturnType<typeof useTranslations<"commands">>;
  /** Says a length of time in milliseconds. */
  length: (ms: number) => string;
};
type Event = Pick<DeviceEventView, "kind" | "data">;

const TONES: Partial<Record<DeviceEventKind, Tone>> = {
  connected: "success",
  online: "success",
  recovered: "success",
  fault_over: "success",
  paired: "accent",
  fault: "warning",
  recovering: "warning",
  clock_stepped: "warning",
  lost: "danger",
  identity_copied: "danger",
  revoked: "danger",
};

/** How much an event is of concern. */
export function toneOf({ kind, data }: Event): Tone {
  if (kind === "update" && data.state === "rolled_back") return "warning";
  if (kind === "started" && data.reason === "crash") return "warning";
  if (kind === "display" && data.problem) return "warning";
  if (kind === "command" && data.state === "failed") return "warning";
  return TONES[kind] ?? "neutral";
}

/** An event in words, and what else is known of it. What the screen says is only ever text. */
export function eventWords(
  { kind, data }: Event,
  { t, commands, length }: Sources,
): { title: string; detail: string | null } {
  const word = (name: string) => wordOf(data[name]);
  const said = (value: string) => (value === NONE ? null : t("problem", { text: value }));
  switch (kind) {
    case "clock_stepped":
      return {
        title: t("kind.clock_stepped", { by: length(Math.abs(Number(data.byMs ?? 0))) }),
        detail: null,
      };
    case "command": {
      const state = STATES.find((one) => one === data.state);
      const name = COMMAND_KINDS.find((one) => one === data.command);
      return {
        title: t("kind.command", {
          command: name ? commands(`kind.${name satisfies CommandKind}`) : word("command"),
          state: state ? commands(`state.${state}`) : word("state"),
        }),
        detail: said(word("failure")),
      };
    }
    case "display":
      return {
        title: t("kind.display", {
          observed: word("observed"),
          desired: word("desired"),
          isAsked: data.observed === data.desired || data.desired === undefined ? "yes" : "no",
        }),
        detail: said(word("problem")),
      };
    case "identity_copied":
      return {
        title: t("kind.identity_copied"),
        detail: word("addresses") === NONE ? null : t("addresses", { text: word("addresses") }),
      };
    case "fault":
    case "fault_over":
      return { title: t(`kind.${kind}`, { text: data.text ? word("text") : word("fault") }), detail: null };
    case "manifest_active":
      return { title: t("kind.manifest_active", { revision: word("revision") }), detail: null };
    case "started":
      return {
        title: t("kind.started", { reason: word("reason"), version: word("version") }),
        detail: null,
      };
    case "state":
      return { title: t("kind.state", { state: word("state") }), detail: null };
    case "update":
      return {
        title: t("kind.update", { state: word("state"), version: word("version") }),
        detail: said(word("problem")),
      };
    case "recovering":
    case "stopped":
      return { title: t(`kind.${kind}`), detail: said(word("reason")) };
    case "connected":
    case "lost":
    case "offline":
    case "online":
    case "paired":
    case "recovered":
    case "revoked":
      return { title: t(`kind.${kind}`), detail: null };
  }
}

const STATES = ["waiting", "delivered", "done", "failed", "expired"] as const;
/** What the catalogue takes for a word that is not there. */
const NONE = "none";

function wordOf(value: string | number | null | undefined): string {
  return value === undefined || value === null || value === "" ? NONE : String(value);
}
