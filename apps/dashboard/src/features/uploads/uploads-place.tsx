import { lazy, Suspense } from "react";
import { useUploads } from "./uploads-context.tsx";

const UploadTray = lazy(async () => ({ default: (await import("./upload-tray.tsx")).UploadTray }));

/** The tray of uploads, fetched with the first upload. */
export function UploadsPlace() {
  const { state } = useUploads();
  if (state.uploads.length === 0) return null;
  return (
    <Suspense>
      <UploadTray />
    </Suspense>
  );
}
