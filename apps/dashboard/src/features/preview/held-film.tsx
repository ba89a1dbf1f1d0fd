import { cn } from "@vitrine/ui/cn";
import { useLayoutEffect, useRef, useState } from "react";
import type { ZoneBox } from "./stage-messages.ts";

const coverClass = "pointer-events-none absolute inset-0 size-full bg-black object-contain";

/**
 * A film held still over the stage, which itself never stops one: at once by the picture that was on the stage,
 * then by the very frame, once it is found.
 */
export function HeldFilm({
  src,
  atS,
  box,
  findPlaying,
}: {
  src: string;
  /** Its place on the glass. */
  box: ZoneBox;
  /** Seconds since the film's showing began; a film shorter than that began anew. */
  atS: number;
  /** The film of this address that the stage is playing, if it can be had. */
  findPlaying: (src: string) => HTMLVideoElement | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasPicture, setPicture] = useState(false);
  useLayoutEffect(() => {
    const film = findPlaying(src);
    const picture = canvas.current;
    if (!film || !picture || film.videoWidth === 0) return;
    picture.width = film.videoWidth;
    picture.height = film.videoHeight;
    picture.getContext("2d")?.drawImage(film, 0, 0);
    setPicture(true);
  }, [findPlaying, src]);
  return (
    <div className="pointer-events-none absolute" style={placeOf(box)}>
      <canvas ref={canvas} aria-hidden className={cn(coverClass, !hasPicture && "hidden")} />
      <SoughtFrame key={atS} src={src} atS={atS} />
    </div>
  );
}

function SoughtFrame({ src, atS }: { src: string; atS: number }) {
  const [isThere, setThere] = useState(false);
  return (
    <video
      muted
      playsInline
      preload="auto"
      src={src}
      aria-hidden
      tabIndex={-1}
      onLoadedMetadata={(event) => {
        const { duration } = event.currentTarget;
        event.currentTarget.currentTime = duration > 0 ? atS % duration : 0;
      }}
      onSeeked={() => setThere(true)}
      className={cn(coverClass, !isThere && "opacity-0")}
    />
  );
}

function placeOf({ left, top, width, height }: ZoneBox) {
  const percent = (fraction: number) => `${fraction * 100}%`;
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
}
