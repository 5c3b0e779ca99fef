import { createHash } from "node:crypto";
import type { Fields } from "../../json/fields.ts";
import { numberOf, stringOf } from "../../json/fields.ts";
import { BoundedMap } from "../bounded-map.ts";
import { type KubeClient, KubeError } from "../kube/client.ts";
import type { ObjectReference } from "../ports.ts";

/** Kubernetes event about an object of the cluster. */
export interface ClusterEvent {
  readonly object: ObjectReference;
  readonly type: "Normal" | "Warning";
  /** Reason, one word in CamelCase. */
  readonly reason: string;
  readonly message: string;
}

/** Bounds on written events; etcd keeps each event for an hour. */
export interface EventBounds {
  /** Maximum number of events written in a burst. */
  readonly burst: number;
  /** Milliseconds after which one more event may be written. */
  readonly everyMs: number;
  /** Milliseconds for which the same event is not repeated. */
  readonly repeatMs: number;
}

const BOUNDS: EventBounds = { burst: 50, everyMs: 1_000, repeatMs: 60 * 60_000 };

/** Maximum characters of a message, as in the API server. */
const MESSAGE = 1_024;
/** Maximum number of events whose last write is remembered. */
const REMEMBERED = 20_000;
const CONFLICT = 409;

/** Result of write(). An event beyond the bounds is `dropped`, and appears only in the log. */
type Outcome = "written" | "repeated" | "dropped";

/** Writer of Kubernetes events. Equal events are written at most once an hour. */
export class EventWriter {
  readonly #client: KubeClient;
  readonly #now: () => number;
  readonly #bounds: EventBounds;
  readonly #written = new BoundedMap<number>(REMEMBERED);
  #tokens: number;
  #filledAt: number;

  constructor(client: KubeClient, now: () => number, bounds = BOUNDS) {
    this.#client = client;
    this.#now = now;
    this.#bounds = bounds;
    this.#tokens = bounds.burst;
    this.#filledAt = now();
  }

  /** @throws KubeError */
  async write(event: ClusterEvent): Promise<Outcome> {
    const name = nameOf(event);
    const now = this.#now();
    const before = this.#written.get(name);
    if (before !== undefined && Math.abs(now - before) < this.#bounds.repeatMs) return "repeated";
    if (!this.#take(now)) return "dropped";
    this.#written.set(name, now);
    try {
      return await this.#send(name, event, now);
    } catch (error) {
      this.#written.delete(name);
      throw error;
    }
  }

  #take(now: number): boolean {
    const { burst, everyMs } = this.#bounds;
    const more = Math.floor(Math.max(0, now - this.#filledAt) / everyMs);
    if (more > 0) {
      this.#tokens = Math.min(burst, this.#tokens + more);
      this.#filledAt = now;
    }
    if (this.#tokens === 0) return false;
    this.#tokens -= 1;
    return true;
  }

  async #send(name: string, event: ClusterEvent, now: number): Promise<Outcome> {
    const body = eventBody(name, event, new Date(now));
    const namespace = body.metadata.namespace;
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
    try {
      await this.#client.send({ method: "POST", path, body });
    } catch (error) {
      if (!(error instanceof KubeError && error.status === CONFLICT)) throw error;
      // Another replica wrote the event before.
      const known = await this.#client.send({ path: `${path}/${name}` });
      if (now - lastOf(known) < this.#bounds.repeatMs) return "repeated";
      const count = (numberOf(known["count"]) ?? 1) + 1;
      const patch = { count, lastTimestamp: body.lastTimestamp, message: body.message };
      await this.#client.send({ method: "PATCH", path: `${path}/${name}`, body: patch });
    }
    return "written";
  }
}

function lastOf(event: Fields): number {
  const last = Date.parse(stringOf(event["lastTimestamp"]));
  return Number.isNaN(last) ? 0 : last;
}

/** Name of an event, equal for equal events of all replicas: the object's name, then a digest. */
function nameOf({ object, reason, message }: ClusterEvent): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([object.uid, reason, message]))
    .digest("hex");
  return `${object.name.slice(0, 200)}.${hash.slice(0, 16)}`;
}

function eventBody(name: string, { object, type, reason, message }: ClusterEvent, at: Date) {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  return {
    apiVersion: "v1",
    kind: "Event",
    // Events about cluster-scoped objects belong to the default namespace.
    metadata: { name, namespace: object.namespace === "" ? "default" : object.namespace },
    involvedObject: object,
    type,
    reason,
    message: message.length <= MESSAGE ? message : `${message.slice(0, MESSAGE - 1).toWellFormed()}…`,
    source: { component: "douane" },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}
