import { setTimeout as pause } from "node:timers/promises";
import { type Fields, fieldsOf, objectAt, objectsAt, stringOf, textAt } from "../../json/fields.ts";
import { type KubeClient, KubeError, statusError } from "./client.ts";

/** Events of a resource as they come. An object that did not change may be told again, after a list. */
export interface ListWatchHandler {
  /** An object that exists, as listed or changed. */
  applied(object: Fields): void;
  /** An object that is gone, by its UID. */
  deleted(uid: string): void;
  /** All objects that exist are told: those with other UIDs are gone. */
  listed(uids: ReadonlySet<string>): void;
  /** A request failed, and is made again after this many milliseconds. */
  failed(error: unknown, waitMs: number): void;
}

/** Times of a list-watch, in milliseconds. */
export interface ListWatchTimes {
  readonly backOffMs: number;
  readonly backOffAtMostMs: number;
  /** Least time of one watch, which the server ends; up to twice as long, so that watches do not end together. */
  readonly watchMs: number;
  /** Time without a byte beyond that, after which the server is taken for gone. */
  readonly idleMs: number;
}

const TIMES: ListWatchTimes = {
  backOffMs: 500,
  backOffAtMostMs: 30_000,
  watchMs: 240_000,
  idleMs: 30_000,
};

/** Objects of one page of a list. */
const PAGE = 500;
const GONE = 410;

/**
 * Follows the objects of one resource until the signal ends it: a list, then watches from its version on. Every error
 * is followed by another attempt: from the version that was seen last, or, where the server has forgotten that
 * version (410), from a new list. Never rejects.
 *
 * @param path of the list: `/api/v1/pods`
 * @param accept media type that is asked for
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
      // A version that the server never had, as after etcd was restored from a backup, ends in 410 or 504 as well.
      if (error instanceof KubeError && error.status === GONE) version = undefined;
      const waitMs = backOff(failures, times);
      failures += 1;
      handler.failed(error, waitMs);
      await pause(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** @returns version of the list */
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

/** Tells the events of one watch. Yields the version after each. @throws KubeError */
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

/** Milliseconds before the next attempt: doubled by each failure, and half of that by chance. */
function backOff(failures: number, { backOffMs, backOffAtMostMs }: ListWatchTimes): number {
  const most = Math.min(backOffAtMostMs, backOffMs * 2 ** Math.min(failures, 16));
  return Math.round(most * (0.5 + Math.random() / 2));
}
