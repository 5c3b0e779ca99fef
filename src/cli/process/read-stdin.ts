import { LIMITS } from "../../contract/limits.ts";

/**
 * Reads standard input for manifests, to its end or slightly beyond `manifestFileBytes`; the manifest reader
 * refuses longer input by this bound.
 */
export async function readStdin(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LIMITS.manifestFileBytes) break;
  }
  return Buffer.concat(chunks);
}
