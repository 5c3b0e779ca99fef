import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { DraftFile, removeQuietly, replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import type { Http, HttpResponse } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient, withRetries } from "../../net/http/retry.ts";
import { answerError, isBusy, isHtmlType } from "../../net/registry/answer-error.ts";
import type { Download } from "../database/catalog.ts";

/** Result of requesting a file. */
export type Fetched =
  /** The known version is current. `date`: date of the answer, ISO 8601. */
  | { readonly status: "unchanged"; readonly date: string | undefined }
  | {
      readonly status: "new";
      readonly download: Download;
      /** Date of the answer, ISO 8601; absent if the server sends none. */
      readonly date: string | undefined;
      /** SHA-256 of the file, hex. */
      readonly sha256: string;
      readonly bytes: number;
    };

export interface FetchOptions {
  readonly url: URL;
  /** Validators of the previous download. */
  readonly known?: Download;
  /** Absolute path of the target; a partial file from an earlier attempt is resumed. */
  readonly path: string;
  /** Size in bytes, known in advance; an upper bound if the file may be shorter. */
  readonly size?: number;
  readonly isShorter?: true;
  readonly signal: AbortSignal;
}

/**
 * Downloads a file, unless the known version is current. An interrupted download is resumed in this run or a
 * later run, if the server confirms that the file is unchanged.
 *
 * @throws UnavailableError and others of the registry client; feed-is-a-page, download-too-large
 * @throws WriteFailure
 */
export async function fetchFile(http: Http, options: FetchOptions): Promise<Fetched> {
  const { url, signal, path } = options;
  writing(path, () => makeFolders(dirname(path)));
  return withRetries(async () => {
    try {
      return await attempt(http, options);
    } catch (error) {
      throw signal.aborted ? error : networkError(error, url.host);
    }
  }, signal);
}

async function attempt(http: Http, options: FetchOptions): Promise<Fetched> {
  const { url, known, path, signal } = options;
  const begun = begunDownload(path, url);
  const response = await follow(http, url, { ...conditions(known), ...rangeOf(begun) }, signal);
  const date = isoDate(response.header("date"));
  if (response.status === 304) {
    await response.discard();
    return { status: "unchanged", date };
  }
  if (response.status === 416) {
    await response.discard();
    forget(path);
    throw new Transient(tooLittle(url, 0));
  }
  if (response.status !== 200 && response.status !== 206) {
    throw await problemOf(response);
  }
  if (isHtmlType(response)) {
    await response.discard();
    throw isPage(url);
  }
  const continues = response.status === 206 && begun !== undefined && startsAt(response, begun.bytes);
  if (response.status === 206 && !continues) {
    await response.discard();
    forget(path);
    throw new Transient(tooLittle(url, 0));
  }
  const download = downloadOf(url, response);
  const file = continues ? openDownload(path) : openDownload(path, download);
  const bytes = await append(response, file, continues ? begun.bytes : 0, options);
  rmSync(statePath(path), { force: true });
  return { status: "new", download, date, bytes, sha256: await sha256Of(path) };
}

/** Error for an answer: transient errors are retried, others apply to every file of the server. */
async function problemOf(response: HttpResponse): Promise<unknown> {
  const { status, url } = response;
  if (isBusy(status)) return answerError(response, url.pathname.slice(0, 200));
  await response.discard();
  return new UnavailableError("file-not-served", {
    fr: `${quoted(url.host)} ne donne pas ${quoted(url.pathname)} (${status}). Vérifier l'adresse et les droits.`,
    en: `${quoted(url.host)} does not give ${quoted(url.pathname)} (${status}). Check the address and the permissions.`,
  });
}

function conditions(known: Download | undefined): Readonly<Record<string, string>> {
  return {
    ...(known?.etag === undefined ? {} : { "if-none-match": known.etag }),
    ...(known?.lastModified === undefined ? {} : { "if-modified-since": known.lastModified }),
  };
}

interface Begun {
  readonly bytes: number;
  readonly validator: string;
}

/** Partial download of the same file, which only a strong validator proves (RFC 9110, 13.1.5). */
function begunDownload(path: string, url: URL): Begun | undefined {
  if (!existsSync(path) || !existsSync(statePath(path))) return undefined;
  const bytes = statSync(path).size;
  try {
    const state = JSON.parse(readFileSync(statePath(path), "utf8"));
    const validator = String(state.etag ?? "");
    const isUsable = state.url === url.href && validator.startsWith('"') && bytes > 0;
    return isUsable ? { bytes, validator } : undefined;
  } catch {
    return undefined;
  }
}

function rangeOf(begun: Begun | undefined): Readonly<Record<string, string>> {
  return begun === undefined ? {} : { range: `bytes=${begun.bytes}-`, "if-range": begun.validator };
}

function statePath(path: string): string {
  return `${path}.state`;
}

function forget(path: string): void {
  removeQuietly(path);
  removeQuietly(statePath(path));
}

/**
 * Opens the file of a download, of which nothing remains if that fails.
 *
 * @param begun description of a download that begins; absent if it is continued
 */
function openDownload(path: string, begun?: Download): DraftFile {
  try {
    if (begun !== undefined) {
      writing(path, () => rmSync(path, { force: true }));
      replaceFile(statePath(path), JSON.stringify(begun));
    }
    return new DraftFile(path, { draft: path, continues: true });
  } catch (error) {
    forget(path);
    throw error;
  }
}

function startsAt(response: HttpResponse, bytes: number): boolean {
  return response.header("content-range").startsWith(`bytes ${bytes}-`);
}

function downloadOf(url: URL, response: HttpResponse): Download {
  const [etag, lastModified] = [response.header("etag"), response.header("last-modified")];
  return {
    url: url.href,
    ...(etag === "" || etag.length > 500 ? {} : { etag }),
    ...(lastModified === "" || lastModified.length > 100 ? {} : { lastModified }),
  };
}

/**
 * Writes the answer's body behind what there is. A download that was interrupted is kept and resumed later; a
 * download that was refused, or could not be written, is removed.
 */
async function append(
  response: HttpResponse,
  file: DraftFile,
  start: number,
  { path, size, isShorter, url }: FetchOptions,
): Promise<number> {
  const limit = size ?? LIMITS.vulnerabilityDownloadBytes;
  const length = response.header("content-length");
  let bytes = start;
  try {
    for await (const piece of response.body) {
      bytes += piece.length;
      if (bytes > limit) throw tooLarge(url, limit);
      file.write(piece);
    }
    file.end();
  } catch (error) {
    if (error instanceof UnavailableError) forget(path);
    throw error;
  } finally {
    file.suspend();
  }
  const declared = length === "" ? undefined : start + Number(length);
  const expected = isShorter === true ? declared : (size ?? declared);
  if (expected !== undefined && bytes < expected) throw new Transient(tooLittle(url, bytes));
  return bytes;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1024 ** 2 }))
    hash.update(piece as Buffer);
  return hash.digest("hex");
}

async function follow(
  http: Http,
  first: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<HttpResponse> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const response = await http.send({ method: "GET", url, headers, signal });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.discard();
    const location = response.header("location");
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    const isFollowed =
      target !== undefined && (target.protocol === "https:" || target.origin === first.origin);
    if (!isFollowed || redirects >= LIMITS.redirects) throw redirectRefused(url, location);
    url = target;
  }
}

/** Date of an HTTP header, `Mon, 15 Jun 2026 12:00:00 GMT`, as ISO 8601. */
function isoDate(text: string): string | undefined {
  const time = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function isPage(url: URL): UnavailableError {
  return new UnavailableError("feed-is-a-page", {
    fr: `${quoted(url.host)} répond par une page HTML au lieu de données : un portail ou un proxy s'interpose peut-être, ou l'adresse a changé.`,
    en: `${quoted(url.host)} answers with an HTML page instead of data: a portal or proxy may stand in between, or the address has changed.`,
  });
}

function tooLarge(url: URL, limit: number): UnavailableError {
  return new UnavailableError("download-too-large", {
    fr: `${quoted(url.host)} envoie plus que ce qui est attendu : limite ${limit} octets (vulnerabilityDownloadBytes, ou la taille annoncée).`,
    en: `${quoted(url.host)} sends more than is expected: limit ${limit} bytes (vulnerabilityDownloadBytes, or the size announced).`,
  });
}

function tooLittle(url: URL, bytes: number): UnavailableError {
  return new UnavailableError("download-incomplete", {
    fr: `${quoted(url.host)} a cessé d'envoyer après ${bytes} octets. Réessayer.`,
    en: `${quoted(url.host)} stopped sending after ${bytes} bytes. Try again.`,
  });
}

function redirectRefused(url: URL, location: string): UnavailableError {
  return new UnavailableError("redirect-refused", {
    fr: `${quoted(url.host)} redirige vers ${quoted(location)}, qui n'est pas une adresse HTTPS, ou trop de fois (limite redirects ${LIMITS.redirects}).`,
    en: `${quoted(url.host)} redirects to ${quoted(location)}, which is no HTTPS address, or too often (limit redirects ${LIMITS.redirects}).`,
  });
}
