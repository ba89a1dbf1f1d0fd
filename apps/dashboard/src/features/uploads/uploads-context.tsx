import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { useSession } from "../../lib/session.ts";
import { isBusy, UploadManager } from "./upload-manager.ts";
import type { UploadState } from "./upload-state.ts";

const UploadsContext = createContext<UploadManager | undefined>(undefined);

/** Uploads of this organization, going on while people move between pages. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { organization } = useSession();
  const [manager] = useState(
    () =>
      new UploadManager({
        endpoint: "/uploads",
        owner: organization.id,
        newKey: () => crypto.randomUUID(),
        loadSender: async () => (await import("./send-file.ts")).sendFile,
        onSent: () => {
          for (const head of ["asset", "overview", "playlist"]) {
            void queryClient.invalidateQueries({ queryKey: [head] });
          }
        },
      }),
  );
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => {
      if (isBusy(manager.state)) event.preventDefault();
    };
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [manager]);
  return <UploadsContext.Provider value={manager}>{children}</UploadsContext.Provider>;
}

/** The page's uploads and what they are doing now. */
export function useUploads(): { manager: UploadManager; state: UploadState } {
  const manager = useContext(UploadsContext);
  if (!manager) throw new Error("useUploads needs UploadsProvider around it");
  const state = useSyncExternalStore(manager.subscribe, () => manager.state);
  return { manager, state };
}

/** The page's uploads, without rendering again on each byte. */
export function useUploadManager(): UploadManager {
  const manager = useContext(UploadsContext);
  if (!manager) throw new Error("useUploadManager needs UploadsProvider around it");
  return manager;
}
