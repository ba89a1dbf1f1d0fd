import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { StreamEvent, Subject } from "@vitrine/core/model/event";
import { useEffect, useRef, useState } from "react";
import { api } from "./api-client.ts";
import { toFailure } from "./failure.ts";
import { barrierOf, sessionQuery, tellsOfBarrier } from "./session.ts";

/** Heads of query keys that a change of each subject puts out of date. */
export const TOUCHED: Record<Subject, readonly string[]> = {
  organization: ["organization", "session", "playlist", "device", "overview", "plan"],
  member: ["member", "session", "plan"],
  invitation: ["invitation"],
  apiKey: ["apiKey"],
  business: ["business", "member", "invitation", "session"],
  asset: ["asset", "playlist", "entry", "device", "overview", "preview", "plan"],
  playlist: ["playlist", "entry", "device", "overview", "preview", "organization", "layout"],
  layout: ["layout", "entry", "playlist", "preview"],
  daypart: ["daypart", "entry", "playlist", "preview"],
  entry: ["entry", "layout", "daypart", "group", "device", "overview", "preview"],
  group: ["group", "entry", "device"],
  device: ["device", "overview", "playlist", "preview", "plan"],
  command: ["command", "device"],
};

/** Heads of query keys that an event of the stream puts out of date; "all" when its past is lost. */
export function touchedBy(event: StreamEvent): readonly string[] | "all" {
  if (event.kind === "reset") return "all";
  if (event.kind === "status") return ["device", "overview"];
  return TOUCHED[event.change.subject];
}

const GATHER_MS = 150;
/** A stream that the server ended with an error is opened anew after this. */
const REOPEN_MS = 10_000;
/** The session got a new secret, unless it ended or something holds it back: then that is known before this. */
const RENEWED_MS = 1_000;

/**
 * Keeps what is shown up to date by the server's stream for as long as the component is there; says whether
 * the stream stands. After a break it goes on behind the last event it saw; one that the server ended begins anew, with
 * everything, once nothing holds the person back.
 */
export function useLiveEvents(): { isLive: boolean } {
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const isBarred = Boolean(session?.organization && barrierOf(session.organization));
  const wasEnded = useRef(false);
  const [isLive, setLive] = useState(true);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a stream of its own
  useEffect(() => {
    if (isBarred) {
      wasEnded.current = true;
      return;
    }
    if (wasEnded.current) void queryClient.invalidateQueries();
    wasEnded.current = false;
    const gathered = gatherer(queryClient);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = api.events.stream.subscribe(
      { lastEventId: null },
      {
        onStarted: () => setLive(true),
        onData: ({ data }) => gathered.add(touchedBy(data)),
        onConnectionStateChange: (state) => setLive(state.state !== "connecting" || state.error === null),
        onError: (error) => {
          setLive(false);
          wasEnded.current = true;
          const { code } = toFailure(error);
          const isOfSession = code === "NOT_SIGNED_IN" || tellsOfBarrier(code);
          if (isOfSession) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
          timer = setTimeout(() => setAttempt((count) => count + 1), isOfSession ? RENEWED_MS : REOPEN_MS);
        },
      },
    );
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
      gathered.stop();
    };
  }, [queryClient, attempt, isBarred]);
  return { isLive };
}

/** Asks once for what a burst of events touched. */
function gatherer(queryClient: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heads = new Set<string>();
  let isAll = false;
  const flush = () => {
    const wanted = heads;
    const everything = isAll;
    timer = undefined;
    heads = new Set();
    isAll = false;
    void queryClient.invalidateQueries({
      predicate: (query) => everything || wanted.has(String(query.queryKey[0])),
    });
  };
  return {
    add(touched: readonly string[] | "all") {
      if (touched === "all") isAll = true;
      else for (const head of touched) heads.add(head);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
