import type { Log } from "../platform/log.ts";
import type { ChangeSink } from "./change-sink.ts";
import type { ChangeStep, CommittedChange } from "./change-step.ts";

export type ChangeListener = (change: CommittedChange) => void;

/** Hands committed changes to the streams of their organization and to listeners of this process. */
export type ChangeBus = {
  publish(step: ChangeStep): void;
  publishStatus(organizationId: string, deviceIds: readonly string[]): void;
  attach(organizationId: string, sink: ChangeSink): () => void;
  on(listener: ChangeListener): () => void;
  hasStreams(organizationId: string): boolean;
  streamCount(): number;
  /** Closes every stream, and each that is attached from now on. */
  close(): void;
};

/** Makes the bus; a listener that throws is logged and disturbs nobody else. */
export function makeChangeBus(log: Log): ChangeBus {
  const sinks = new Map<string, Set<ChangeSink>>();
  const listeners = new Set<ChangeListener>();
  let isWithinStep = false;
  let isClosed = false;

  const listen = (change: CommittedChange) => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ err: error, organizationId: change.organizationId }, "a listener of changes failed");
      }
    }
  };
  return {
    publish(step) {
      for (const change of step.changes) listen(change);
      const byOrganization = Map.groupBy(step.changes, (change) => change.organizationId);
      // The end of a step in pieces goes to every stream: one that got changes in an earlier piece needs it.
      const touched = isWithinStep && step.isLast ? sinks.keys() : byOrganization.keys();
      isWithinStep = !step.isLast;
      for (const organizationId of touched) {
        const changes = byOrganization.get(organizationId) ?? [];
        for (const sink of sinks.get(organizationId) ?? []) sink.push({ ...step, changes });
      }
    },
    publishStatus(organizationId, deviceIds) {
      for (const sink of sinks.get(organizationId) ?? []) sink.pushStatus(deviceIds);
    },
    attach(organizationId, sink) {
      if (isClosed) sink.close();
      const ofOrganization = sinks.get(organizationId) ?? new Set();
      sinks.set(organizationId, ofOrganization.add(sink));
      return () => {
        ofOrganization.delete(sink);
        if (ofOrganization.size === 0 && sinks.get(organizationId) === ofOrganization)
          sinks.delete(organizationId);
      };
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasStreams: (organizationId) => sinks.has(organizationId),
    streamCount: () => [...sinks.values()].reduce((count, set) => count + set.size, 0),
    close() {
      isClosed = true;
      for (const ofOrganization of sinks.values()) for (const sink of ofOrganization) sink.close();
    },
  };
}
