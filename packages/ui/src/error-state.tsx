import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** What happened, how to name it to support, and another try. */
export function ErrorState({
  title,
  message,
  requestLabel,
  requestId,
  retryLabel,
  onRetry,
  isRetrying = false,
}: {
  title: ReactNode;
  message: ReactNode;
  requestLabel: ReactNode;
  requestId: string | null;
  retryLabel: ReactNode;
  onRetry: () => void;
  isRetrying?: boolean;
}) {
  return (
    <div role="alert" className="grid justify-items-center gap-3 rounded-lg border px-6 py-14 text-center">
      <div className="grid size-11 place-items-center rounded-lg bg-danger-soft text-danger">
        <TriangleAlert aria-hidden className="size-5" />
      </div>
      <div className="grid max-w-md gap-1">
        <p className="font-semibold text-lg">{title}</p>
        <p className="text-balance text-muted">{message}</p>
      </div>
      {requestId ? (
        <p className="text-muted text-sm">
          {requestLabel} <code className="select-all break-all font-mono text-text">{requestId}</code>
        </p>
      ) : null}
      <Button onClick={onRetry} isBusy={isRetrying}>
        {retryLabel}
      </Button>
    </div>
  );
}
