import { cn } from "@vitrine/ui/cn";

/** A playlist's first pictures side by side, along the longer side of the zone that they fill. */
export function ZonePictures({ urls, isTall }: { urls: readonly string[]; isTall: boolean }) {
  if (urls.length === 0) return null;
  return (
    <span aria-hidden className={cn("absolute inset-0 flex gap-px", isTall && "flex-col")}>
      {urls.slice(0, 4).map((url, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may come twice; the row is drawn anew as a whole
          key={`${place} ${url}`}
          className="relative min-h-0 min-w-0 grow basis-0 overflow-hidden"
        >
          <img
            src={url}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            className="absolute inset-0 size-full object-cover"
          />
        </span>
      ))}
    </span>
  );
}
