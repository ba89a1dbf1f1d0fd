import type { EncodedPacket, EncodedPacketSink } from "mediabunny";
import { damaged } from "./media-fault.ts";
import type { Window } from "./video-windows.ts";

/** A decoder of WebCodecs, for sound or picture, and what it complained about. */
export type Decoder = {
  feed(packet: EncodedPacket): void;
  queued(): number;
  /** Resolves when the queue has become shorter. */
  dequeued(): Promise<void>;
  flush(): Promise<void>;
  complaint(): Error | undefined;
};

/** What the container says of a track's packets, all of them looked at. */
export type TrackSurvey = {
  packetCount: number;
  /** When the last packet shown ends, in seconds. */
  endSeconds: number;
  lastSequenceNumber: number;
};

/** A packet larger than this is not read: 64 MiB holds any frame of an 8K film. */
const MAX_PACKET_BYTES = 64 * 1024 * 1024;
const QUEUED_PACKETS = 4;
const META = { metadataOnly: true } as const;

/** Walks all packets of a track without reading their data. Throws `damaged` for none and for one too large. */
export async function surveyTrack(sink: EncodedPacketSink): Promise<TrackSurvey> {
  const survey = { packetCount: 0, endSeconds: 0, lastSequenceNumber: -1 };
  let packet = await sink.getFirstPacket(META);
  for (; packet !== null; packet = await sink.getNextPacket(packet, META)) {
    if (packet.byteLength > MAX_PACKET_BYTES) throw damaged(`A packet of ${packet.byteLength} bytes`);
    survey.packetCount += 1;
    survey.endSeconds = Math.max(survey.endSeconds, packet.timestamp + packet.duration);
    survey.lastSequenceNumber = packet.sequenceNumber;
  }
  if (survey.packetCount === 0) throw damaged("A track has no packets");
  return survey;
}

/**
 * Decodes a window of a track, from the key packet before it. Throws `damaged` when the decoder refuses something,
 * and when data is missing that the container promises.
 */
export async function decodeWindow(
  sink: EncodedPacketSink,
  window: Window,
  survey: TrackSurvey,
  decoder: Decoder,
): Promise<void> {
  let last: EncodedPacket | undefined;
  let packet = (await sink.getKeyPacket(window.from)) ?? (await sink.getFirstPacket());
  while (packet !== null && packet.timestamp < window.to) {
    decoder.feed(packet);
    while (decoder.queued() > QUEUED_PACKETS && !decoder.complaint()) await decoder.dequeued();
    if (decoder.complaint()) break;
    last = packet;
    packet = await sink.getNextPacket(packet);
  }
  const complaint = decoder.complaint();
  if (complaint) throw damaged(complaint.message, complaint);
  if (last === undefined) throw damaged("Data of a track is missing");
  if (packet === null && last.sequenceNumber !== survey.lastSequenceNumber) {
    throw damaged("The end of a track is missing");
  }
  await decoder.flush();
}
