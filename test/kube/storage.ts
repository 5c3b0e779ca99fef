import { randomUUID } from "node:crypto";
import { apiVersionOf, type Resource } from "./resources.ts";

/** An object of the API; fields other than the metadata depend on its kind. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly resource: Resource;
  readonly version: number;
  readonly object: KubeObject;
}

/** Objects in memory, with one counter of versions for all, as etcd has, and the history of their changes. */
export class Storage {
  #version = 1;
  /** Version up to which the history was forgotten. */
  #forgotten = 0;
  readonly #objects = new Map<string, { readonly resource: Resource; readonly object: KubeObject }>();
  #history: WatchEvent[] = [];
  readonly #watchers = new Set<(event: WatchEvent) => void>();

  get version(): number {
    return this.#version;
  }

  get(resource: Resource, namespace: string, name: string): KubeObject | undefined {
    return this.#objects.get(key(resource, namespace, name))?.object;
  }

  /** @param namespace empty for all */
  list(resource: Resource, namespace: string): readonly KubeObject[] {
    return [...this.#objects.values()]
      .filter((one) => one.resource === resource)
      .map(({ object }) => object)
      .filter(({ metadata }) => namespace === "" || metadata.namespace === namespace);
  }

  /** Stores a new object, or a new state of one. @returns the object as stored, with its version */
  put(resource: Resource, object: KubeObject): KubeObject {
    const { metadata } = object;
    const at = key(resource, metadata.namespace ?? "", metadata.name);
    const old = this.#objects.get(at)?.object.metadata;
    this.#version += 1;
    const stored = {
      ...object,
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: {
        ...metadata,
        uid: old?.uid ?? metadata.uid ?? randomUUID(),
        creationTimestamp: old?.creationTimestamp ?? `${new Date().toISOString().slice(0, 19)}Z`,
        resourceVersion: `${this.#version}`,
      },
    };
    this.#objects.set(at, { resource, object: stored });
    this.#tell(old === undefined ? "ADDED" : "MODIFIED", resource, stored);
    return stored;
  }

  remove(resource: Resource, { metadata, ...rest }: KubeObject): void {
    if (!this.#objects.delete(key(resource, metadata.namespace ?? "", metadata.name))) return;
    this.#version += 1;
    this.#tell("DELETED", resource, {
      ...rest,
      metadata: { ...metadata, resourceVersion: `${this.#version}` },
    });
  }

  /** Changes after a version; undefined if they were forgotten. */
  since(version: number): readonly WatchEvent[] | undefined {
    if (version < this.#forgotten) return undefined;
    return this.#history.filter((event) => event.version > version);
  }

  /** Forgets the history, as etcd's compaction does: who watches from before gets 410. */
  compact(): void {
    this.#forgotten = this.#version;
    this.#history = [];
  }

  /** @returns a function that ends the subscription */
  subscribe(watcher: (event: WatchEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tell(type: WatchEvent["type"], resource: Resource, object: KubeObject): void {
    const event = { type, resource, version: this.#version, object };
    this.#history.push(event);
    for (const watcher of this.#watchers) watcher(event);
  }
}

function key({ group, plural }: Resource, namespace: string, name: string): string {
  return [group, plural, namespace, name].join("/");
}
