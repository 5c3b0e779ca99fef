import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Owners that files can have in this user namespace. */
export class Ownership {
  readonly #uids: IdMap;
  readonly #gids: IdMap;
  readonly #shift: IdShift | undefined;

  /** @param shift id range for a nested user namespace */
  constructor(uids: IdMap, gids: IdMap, shift?: IdShift) {
    this.#uids = uids;
    this.#gids = gids;
    this.#shift = shift;
  }

  /** Name of the id map, since layers unpacked under another map have other owners. */
  get name(): string {
    const maps = [this.#uids, this.#gids];
    const own = this.isHost
      ? "host"
      : createHash("sha256").update(JSON.stringify(maps)).digest("hex").slice(0, 12);
    return this.#shift === undefined ? own : `${own}+${this.#shift.first.toString(36)}`;
  }

  /** Whether the process is in the initial user namespace. */
  get isHost(): boolean {
    return [this.#uids, this.#gids].every(isIdentity);
  }

  /** Whether both ids exist in the user namespace. */
  holds({ uid, gid }: Owner): boolean {
    return this.#has(this.#uids, uid) && this.#has(this.#gids, gid);
  }

  /** Sets a file's owner, or root if the id is unmapped; new files already belong to root. */
  apply(owner: Owner, chown: (uid: number, gid: number) => void): void {
    const { uid, gid } = this.mapped(owner);
    if (uid !== 0 || gid !== 0) chown(uid, gid);
  }

  /** Owner in this process's terms, for an owner in the namespace in which the image runs. */
  mapped({ uid, gid }: Owner): Owner {
    const first = this.#shift?.first ?? 0;
    return {
      uid: first + (this.#has(this.#uids, uid) ? uid : 0),
      gid: first + (this.#has(this.#gids, gid) ? gid : 0),
    };
  }

  #has(map: IdMap, id: number): boolean {
    if (this.#shift === undefined) return contains(map, id);
    return id < this.#shift.count && contains(map, this.#shift.first + id);
  }
}

let own: Ownership | undefined;

/** Ownership mapping of this process. */
export function ownership(): Ownership {
  own ??= new Ownership(readIdMap("uid"), readIdMap("gid"));
  return own;
}

/** Maps owners for a nested user namespace from now on. */
export function shiftOwnership(shift: IdShift): void {
  own = new Ownership(readIdMap("uid"), readIdMap("gid"), shift);
}

/**
 * Ids of a nested user namespace: 0 and the following ids correspond to consecutive ids of the outer
 * namespace.
 */
export interface IdShift {
  /** Id in this namespace that corresponds to the nested namespace's 0. */
  readonly first: number;
  readonly count: number;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** An id map of user_namespaces(7): first id inside, first id outside, count. */
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
