import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";

/**
 * Streams a body that must arrive at LIMITS.networkBytesPerSecond or faster. The rate is checked once the
 * total waiting time reaches `graceMs`: a host that sends single bytes would never reach the idle timeout.
 * Only time spent waiting for the host counts, not the reader's.
 *
 * @throws UnavailableError too-slow
 */
export async function* withMinThroughput(
  body: AsyncIterable<Uint8Array>,
  host: string,
  graceMs: number,
): AsyncGenerator<Uint8Array> {
  let waitedMs = 0;
  let bytes = 0;
  let since = performance.now();
  for await (const chunk of body) {
    waitedMs += performance.now() - since;
    bytes += chunk.length;
    if (waitedMs > graceMs && bytes < (waitedMs / 1_000) * LIMITS.networkBytesPerSecond) {
      throw tooSlow(host, bytes, waitedMs);
    }
    yield chunk;
    since = performance.now();
  }
}

function tooSlow(host: string, bytes: number, waitedMs: number): UnavailableError {
  const seen = `${bytes} B / ${Math.round(waitedMs / 1_000)} s`;
  return new UnavailableError("too-slow", {
    fr: `${quoted(host)} envoie trop lentement (${seen} ; il faut au moins ${LIMITS.networkBytesPerSecond} octets par seconde, limite networkBytesPerSecond). Réessayer, ou contrôler une archive de l'image.`,
    en: `${quoted(host)} sends too slowly (${seen}; at least ${LIMITS.networkBytesPerSecond} bytes a second are needed, limit networkBytesPerSecond). Try again, or check an archive of the image.`,
  });
}
