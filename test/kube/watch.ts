import type { ServerResponse } from "node:http";
import type { Target } from "./requests.ts";
import { StatusError, statusBody } from "./status.ts";
import type { Storage, WatchEvent } from "./storage.ts";

/** What a list or a watch is about. */
export interface Watched extends Pick<Target, "resource" | "namespace"> {
  /** Field selector, empty for all. */
  readonly selector: string;
}

/** Milliseconds between two bookmarks. */
const BOOKMARKS_MS = 1000;

/**
 * Sends changes as they happen, from the version that the client knows, until the client goes or its time is over.
 * A version that was forgotten ends in an event of type ERROR with 410, as the real server's watch cache does.
 */
export function watch(
  storage: Storage,
  response: ServerResponse,
  { resource, namespace, selector }: Watched,
  query: URLSearchParams,
): void {
  response.writeHead(200, { "content-type": "application/json" });
  const write = (type: string, object: object): void =>
    void response.write(`${JSON.stringify({ type, object })}\n`);
  const tell = ({ type, resource: changed, object }: WatchEvent): void => {
    const { name, namespace: own } = object.metadata;
    const isOurs = changed === resource && (namespace === "" || own === namespace);
    if (isOurs && isSelected({ selector }, name)) write(type, object);
  };
  const version = query.get("resourceVersion") ?? "";
  const missed = storage.since(version === "" || version === "0" ? storage.version : Number(version));
  if (missed === undefined) {
    write(
      "ERROR",
      statusBody(
        new StatusError(410, "Expired", `too old resource version: ${version} (${storage.version})`),
      ),
    );
    response.end();
    return;
  }
  if (version === "" || version === "0") {
    for (const object of storage.list(resource, namespace))
      tell({ type: "ADDED", resource, version: 0, object });
  }
  for (const event of missed) tell(event);
  const stop = storage.subscribe(tell);
  const bookmark = (): void => {
    const { kind } = resource;
    write("BOOKMARK", { kind, apiVersion: "v1", metadata: { resourceVersion: `${storage.version}` } });
  };
  const bookmarks =
    query.get("allowWatchBookmarks") === "true" ? setInterval(bookmark, BOOKMARKS_MS) : undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? "0");
  const quit = (): void => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(end);
    response.end();
  };
  const end = seconds > 0 ? setTimeout(quit, seconds * 1000) : undefined;
  response.once("close", quit);
}

/** Whether an object of this name is selected; kubectl selects by `metadata.name=` only. */
export function isSelected({ selector }: Pick<Watched, "selector">, name: string): boolean {
  return selector === "" || selector === `metadata.name=${name}`;
}
