import { gunzipSync } from "node:zlib";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { HttpResponse } from "./http.ts";

/** First bytes of a gzip member with deflate: RFC 1952, section 2.3.1. */
const GZIP = [0x1f, 0x8b, 8] as const;

/** Transfer compression of the answer, in lower case; "" if there is none. */
export function encodingOf(response: HttpResponse): string {
  const encoding = response.header("content-encoding").trim().toLowerCase();
  return encoding === "identity" ? "" : encoding;
}

/**
 * Bytes of a document after removing a compression that was not requested. If only the header announces a
 * compression, the bytes are unchanged.
 *
 * @param limit maximum number of bytes; a longer result is cut to limit + 1 bytes
 * @throws UnavailableError content-encoding
 */
export function decoded(response: HttpResponse, bytes: Uint8Array, limit: number): Uint8Array {
  const encoding = encodingOf(response);
  if (encoding === "" || bytes[0] === "{".charCodeAt(0)) return bytes;
  if (encoding !== "gzip" && encoding !== "x-gzip") throw encodedOnTheWay(response);
  if (!GZIP.every((byte, at) => bytes[at] === byte)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limit + 1 });
  } catch (cause) {
    if (isTooLong(cause)) return new Uint8Array(limit + 1);
    throw encodedOnTheWay(response, { cause });
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

/** Error for an intermediary that compresses content in a way that cannot be undone. */
export function encodedOnTheWay(response: HttpResponse, options?: ErrorOptions): UnavailableError {
  const host = quoted(response.url.host);
  const encoding = quoted(/^[a-z-]{1,20}$/.exec(encodingOf(response))?.[0] ?? "?");
  return new UnavailableError(
    "content-encoding",
    {
      fr: `${host} envoie une réponse compressée (Content-Encoding: ${encoding}) qui ne peut pas être rendue telle qu'elle est dans le registre, alors que rien de tel n'est demandé. Désactiver cette compression dans le registre ou le proxy qui le précède.`,
      en: `${host} sends a compressed answer (Content-Encoding: ${encoding}) although none was requested: the registry's content cannot be restored from it. Turn this compression off in the registry, or in the proxy before it.`,
    },
    options,
  );
}
