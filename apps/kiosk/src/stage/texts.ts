/** Everything that the glass says by itself, in one place. */
export const texts = {
  product: "Vitrine",
  splash: {
    starting: "Starting",
    connecting: (host: string | null) => (host === null ? "Connecting" : `Connecting to ${host}`),
    offline: (host: string | null) =>
      host === null ? "No connection. Trying again." : `No connection to ${host}. Trying again.`,
    syncing: "Getting your content ready",
    progress: (ready: string, total: string) => `${ready} of ${total}`,
  },
  pairing: {
    title: "Connect this screen",
    step: { open: "Open ", choose: ", choose ", action: "Add a screen", enter: " and enter this code." },
    scan: "Or scan with your phone",
    expires: (left: string) => `New code in ${left}`,
    expired: "This code has run out. A new one is on its way.",
    spoken: (code: string) => `Code ${code}`,
  },
  claimed: {
    lead: "This screen now belongs to",
    question: "If you do not know them, refuse.",
    refuse: "Refuse",
    key: "Esc",
    left: (seconds: number) => `Refuse within ${seconds} s`,
    refused: "Refused. This screen stays free.",
  },
  idle: {
    title: "Nothing to show yet",
    hint: (host: string | null) =>
      host === null ? "Give this screen a playlist in Vitrine." : `Give this screen a playlist at ${host}.`,
  },
  state: {
    online: "Connected",
    offline: "No connection",
    version: (version: string) => `Vitrine ${version}`,
  },
  identify: {
    spoken: (id: string) => `Screen ${id}`,
  },
} as const;
