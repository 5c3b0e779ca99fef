import { setTimeout as pause } from "node:timers/promises";
import { type Fields, fieldsOf, objectAt, objectsAt, stringOf, textAt } from "../../json/fields.ts";
import { type BackoffTimes, backoffMs } from "./backoff.ts";
import { type KubeClient, KubeError, statusError } from "./client.ts";

/** Callbacks for the objects of a resource. After a new list, `applied` may repeat an unchanged object. */
export interface ListWatchHandler {
  /** Receives an object that exists: listed, added or modified. */
  applied(object: Fields): void;
  /** Receives the UID of a deleted object. */
  deleted(uid: string): void;
  /** Called at the end of a list, with the UIDs of all existing objects: objects with other UIDs are gone. */
  listed(uids: ReadonlySet<string>): void;
  /** Receives the error of a request, which is repeated after this many milliseconds. */
  failed(error: unknown, waitMs: number): void;
}

/** Times of a list-watch, in milliseconds. */
export interface ListWatchTimes extends BackoffTimes {
  /**
   * Minimum duration of one watch, after which the server ends it; the maximum is twice as long, chosen at
   * random, so that watches do not all end together.
   */
  readonly watchMs: number;
  /** Time without a byte, beyond the duration of the watch, after which the server counts as gone. */
  readonly idleMs: number;
}

const TIMES: ListWatchTimes = {
  backOffMs: 500,
  backOffAtMostMs: 30_000,
  watchMs: 240_000,
  idleMs: 30_000,
};

/** Maximum number of objects per page of a list. */
const PAGE = 500;
const GONE = 410;

/**
 * Follows the objects of one resource until the signal ends it: a list, then watches from the version of the
 * list. After an error, the next watch starts from the last version seen or, if the server no longer has this
 * version (410), from a new list. Never rejects.
 *
 * @param path path of the list: `/api/v1/pods`
 * @param accept accepted media type
 */
export async function listWatch(
  client: KubeClient,
  { path, accept }: { readonly path: string; readonly accept?: string },
  handler: ListWatchHandler,
  signal: AbortSignal,
  times: ListWatchTimes = TIMES,
): Promise<void> {
  const asked = { signal, ...(accept === undefined ? {} : { accept }) };
  let version: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      version ??= await list(client, path, asked, handler);
      for await (const seen of watched(client, { path, version, ...asked }, handler, times)) {
        version = seen;
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted) return;
      // Unknown versions, as after a restore of etcd from a backup, end in 410 or 504, too.
      if (error instanceof KubeError && error.status === GONE) version = undefined;
      const waitMs = backoffMs(failures, times);
      failures += 1;
      handler.failed(error, waitMs);
      await pause(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Reads a whole list.
 *
 * @returns version of the list
 */
async function list(
  client: KubeClient,
  path: string,
  asked: { readonly signal: AbortSignal; readonly accept?: string },
  handler: ListWatchHandler,
): Promise<string> {
  const uids = new Set<string>();
  let next = "";
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(next === "" ? {} : { continue: next }) });
    const page = await client.send({ ...asked, path: `${path}?${query.toString()}` });
    for (const object of objectsAt(page, "items")) {
      uids.add(uidOf(object));
      handler.applied(object);
    }
    const metadata = objectAt(page, "metadata");
    next = stringOf(metadata["continue"]);
    if (next !== "") continue;
    handler.listed(uids);
    return stringOf(metadata["resourceVersion"]);
  }
}

/**
 * Passes the events of one watch to the handler. Yields the resourceVersion after each event.
 *
 * @throws KubeError
 */
async function* watched(
  client: KubeClient,
  {
    path,
    version,
    ...asked
  }: {
    readonly path: string;
    readonly version: string;
    readonly signal: AbortSignal;
    readonly accept?: string;
  },
  handler: ListWatchHandler,
  { watchMs, idleMs }: ListWatchTimes,
): AsyncGenerator<string> {
  const seconds = Math.ceil((watchMs * (1 + Math.random())) / 1_000);
  const query = new URLSearchParams({
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion: version,
    timeoutSeconds: String(seconds),
  });
  const events = client.stream({ ...asked, path: `${path}?${query.toString()}` }, seconds * 1_000 + idleMs);
  for await (const { type, object: value } of events) {
    const object = fieldsOf(value);
    if (type === "ERROR") throw statusError(object);
    if (type === "ADDED" || type === "MODIFIED") handler.applied(object);
    else if (type === "DELETED") handler.deleted(uidOf(object));
    const seen = textAt(objectAt(object, "metadata"), "resourceVersion");
    if (seen !== undefined) yield seen;
  }
}

function uidOf(object: Fields): string {
  return stringOf(objectAt(object, "metadata")["uid"]);
}
