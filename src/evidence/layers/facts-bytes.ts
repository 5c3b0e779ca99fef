import { crc32 } from "node:zlib";
import type { LayerFacts } from "./facts.ts";
import { layerFactsSchema } from "./facts-schema.ts";

/**
 * Facts as bytes, on their way out of a thread and in the cache alike: a checksum on a line of its
 * own, then JSON. A torn or rotten entry is found out.
 */
export function formatFacts(facts: LayerFacts): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(facts);
  const checksum = `${crc32(json)}\n`;
  // Memory of its own, not of Buffer's pool: that cannot be transferred.
  const bytes = new Uint8Array(checksum.length + Buffer.byteLength(json));
  const target = Buffer.from(bytes.buffer);
  target.write(checksum);
  target.write(json, checksum.length);
  return bytes;
}

/** Facts that this very process has formatted. */
export function readFacts(bytes: Uint8Array): LayerFacts {
  return JSON.parse(jsonOf(bytes).toString("utf8")) as LayerFacts;
}

/** Facts that come from a file: undefined when anything about them is wrong. */
export function parseFacts(bytes: Uint8Array): LayerFacts | undefined {
  const json = jsonOf(bytes);
  const checksum = Buffer.from(bytes.subarray(0, Math.max(0, bytes.length - json.length - 1))).toString(
    "latin1",
  );
  if (checksum !== String(crc32(json))) return undefined;
  return layerFactsSchema.safeParse(JSON.parse(json.toString("utf8"))).data;
}

function jsonOf(bytes: Uint8Array): Buffer {
  const start = bytes.indexOf(0x0a) + 1;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
}
