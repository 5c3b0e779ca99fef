import { z } from "zod";
import { parseJson } from "../../json/parse-json.ts";

const Errors = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) });

/**
 * Error codes of a body: capitals and underscores of a registry
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes), words of an object store's
 * `<Code>`. Other text is left out, since it may repeat the request, including a password.
 */
export function errorCodes(body: Uint8Array): readonly string[] {
  const stored = storageCode(body);
  if (stored !== undefined) return [stored];
  try {
    const { data } = Errors.safeParse(parseJson(body, "error"));
    return (data?.errors ?? []).map(({ code }) => code).filter((code) => /^[A-Z][A-Z_]{1,60}$/.test(code));
  } catch {
    return [];
  }
}

/** Beginning of an error of an object store: S3, Azure's and Google's. */
const STORAGE = /^\uFEFF?\s{0,100}(?:<\?xml[^<>]{0,200}\?>\s{0,100})?<Error(?:\s[^<>]{0,200})?>/;

/** Whether a body is an object store's error, which looks like a web page at first. */
export function isStorageError(body: Uint8Array): boolean {
  return STORAGE.test(begin(body));
}

/** Code of an object store's error: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html. */
function storageCode(body: Uint8Array): string | undefined {
  if (!isStorageError(body)) return undefined;
  return /<Code>((?:[A-Z][a-z]{1,20}){1,8})<\/Code>/.exec(begin(body))?.[1];
}

function begin(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 4_096)).toString("utf8");
}

/** Whether a body is a registry's error document and nothing else. */
export function isErrorDocument(body: Uint8Array): boolean {
  if (!/^\s*\{\s*"errors"/.test(begin(body))) return false;
  try {
    return Errors.safeParse(parseJson(body, "error")).success;
  } catch {
    return false;
  }
}
