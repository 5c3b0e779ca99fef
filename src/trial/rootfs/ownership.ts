import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Name of the ownership that the machine itself has. */
export const HOST = "host";

/** The owners that files can have in this user namespace. */
export class Ownership {
  readonly #uids: IdMap;
  readonly #gids: IdMap;

  constructor(uids: IdMap, gids: IdMap) {
    this.#uids = uids;
    this.#gids = gids;
  }

  /** Tells maps apart: layers unpacked under one have other owners under another. */
  get name(): string {
    const maps = [this.#uids, this.#gids];
    if (maps.every(isIdentity)) return HOST;
    return createHash("sha256").update(JSON.stringify(maps)).digest("hex").slice(0, 12);
  }

  /** Whether both ids exist in this user namespace. */
  holds({ uid, gid }: Owner): boolean {
    return contains(this.#uids, uid) && contains(this.#gids, gid);
  }

  /** Gives a file its owner, root for an id that does not exist here; what is new belongs to root already. */
  apply({ uid, gid }: Owner, chown: (uid: number, gid: number) => void): void {
    const [user, group] = [contains(this.#uids, uid) ? uid : 0, contains(this.#gids, gid) ? gid : 0];
    if (user !== 0 || group !== 0) chown(user, group);
  }
}

let own: Ownership | undefined;

/** Of this process. */
export function ownership(): Ownership {
  own ??= new Ownership(readIdMap("uid"), readIdMap("gid"));
  return own;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** user_namespaces(7): first id inside, first id outside, how many. */
export type IdMap = readonly (readonly [inside: number, outside: number, count: number])[];

function readIdMap(kind: "uid" | "gid"): IdMap {
  const lines = readFileSync(`/proc/self/${kind}_map`, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number);
    return [inside, outside, count];
  });
}

function isIdentity([range, ...more]: IdMap): boolean {
  return more.length === 0 && range?.join() === `0,0,${2 ** 32 - 1}`;
}

function contains(map: IdMap, id: number): boolean {
  return map.some(([inside, , count]) => id >= inside && id < inside + count);
}
