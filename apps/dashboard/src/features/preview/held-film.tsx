import { cn } from "@vitrine/ui/cn";
import { useLayoutEffect, useRef, useState } from "react";

const coverClass = "pointer-events-none absolute inset-0 size-full bg-black object-contain";

/**
 * A film held still over the stage, which itself never stops one: at once by the picture that was on the stage,
 * then by the very frame, once it is found.
 */
export function HeldFilm({
  src,
  atS,
  findPlaying,
}: {
  src: string;
  /** Seconds since the film's showing began; a film shorter than that began anew. */
  atS: number;
  /** The film that the stage is playing, if it can be had. */
  findPlaying: () => HTMLVideoElement | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasPicture, setPicture] = useState(false);
  useLayoutEffect(() => {
    const film = findPlaying();
    const picture = canvas.current;
    if (!film || !picture || film.videoWidth === 0) return;
    picture.width = film.videoWidth;
    picture.height = film.videoHeight;
    picture.getContext("2d")?.drawImage(film, 0, 0);
    setPicture(true);
  }, [findPlaying]);
  return (
    <>
      <canvas ref={canvas} aria-hidden className={cn(coverClass, !hasPicture && "hidden")} />
      <SoughtFrame key={atS} src={src} atS={atS} />
    </>
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
