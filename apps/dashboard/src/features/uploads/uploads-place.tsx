import { lazy, Suspense } from "react";
import { useUploads } from "./uploads-context.tsx";

const FilesToAdd = lazy(async () => ({ default: (await import("./files-to-add.tsx")).FilesToAdd }));
const UploadTray = lazy(async () => ({ default: (await import("./upload-tray.tsx")).UploadTray }));

/** Files on their way in: what has to be said of those just picked, and the tray of uploads. Fetched with the first. */
export function UploadsPlace({ files, onFilesTaken }: { files: readonly File[]; onFilesTaken: () => void }) {
  const { state } = useUploads();
  return (
    <Suspense>
      {files.length > 0 ? <FilesToAdd files={files} onDone={onFilesTaken} /> : null}
      {state.uploads.length > 0 ? <UploadTray /> : null}
    </Suspense>
  );
}
