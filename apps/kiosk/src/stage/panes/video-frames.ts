/** Frames of a video, whole or since a moment. */
export interface VideoFrames {
  painted: number;
  dropped: number;
}

/** The frames of what the element has loaded now. */
export function countFrames(video: HTMLVideoElement): VideoFrames {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  return { painted: totalVideoFrames - droppedVideoFrames, dropped: droppedVideoFrames };
}

/** Tells of a count that only grows, but for a new load, what came since it was last asked. */
export function createFrameCount(count: () => VideoFrames): { take(): VideoFrames } {
  let seen: VideoFrames = { painted: 0, dropped: 0 };
  return {
    take() {
      const now = count();
      const since = {
        painted: Math.max(0, now.painted - seen.painted),
        dropped: Math.max(0, now.dropped - seen.dropped),
      };
      seen = now;
      return since;
    },
  };
}
