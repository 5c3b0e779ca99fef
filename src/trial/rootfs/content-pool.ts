import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  futimesSync,
  openSync,
  writeSync,
} from "node:fs";
import type { ImageBudget } from "../../image/layer/budget.ts";
import { EntryRecorder, type LayerEntries } from "../../image/layer/entries.ts";
import type { TarMember } from "../../image/tar/member.ts";
import type { TarVisitor } from "../../image/tar/walk.ts";
import type { Ownership } from "./user-namespace-ids.ts";

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

interface OpenFile {
  readonly fd: number;
  readonly member: TarMember;
}

/**
 * Writes a layer's files while it is streamed, named by entry number in one flat directory, so that no name
 * from the image is used as a path. Must be closed in any case.
 */
export class ContentPool implements TarVisitor {
  readonly #directory: string;
  readonly #budget: ImageBudget;
  readonly #ownership: Ownership;
  readonly #recorder = new EntryRecorder();
  readonly #times: number[] = [];
  #open: OpenFile | undefined;

  constructor(directory: string, budget: ImageBudget, ownership: Ownership) {
    this.#directory = directory;
    this.#budget = budget;
    this.#ownership = ownership;
  }

  /** Path of an entry's file. */
  path(entry: number): string {
    return `${this.#directory}/${entry}`;
  }

  get entries(): LayerEntries {
    return this.#recorder.entries();
  }

  /** Modification times in seconds since 1970, by entry. */
  get times(): readonly number[] {
    return this.#times;
  }

  member(member: TarMember): number | "pieces" {
    const entry = this.#recorder.length;
    const path = this.#recorder.add(member);
    this.#times.push(member.mtime);
    this.#budget.addEntries(1, path.length + member.link.length);
    if (member.type !== "file" || member.afterEnd) return 0;
    const fd = openSync(this.path(entry), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    this.#open = { fd, member };
    return "pieces";
  }

  body(): void {
    // No content is requested in one piece.
  }

  data(_: TarMember, bytes: Uint8Array, offset: number): void {
    const fd = this.#open?.fd ?? -1;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, offset + at);
  }

  /** Closes the current file. */
  dataEnd(): void {
    if (this.#open === undefined) return;
    const { fd, member } = this.#open;
    if (member.sparse) ftruncateSync(fd, member.size);
    // The owner is set before the mode, since changing the owner clears the setuid bit.
    this.#ownership.apply(member, (uid, gid) => fchownSync(fd, uid, gid));
    fchmodSync(fd, member.mode);
    futimesSync(fd, member.mtime, member.mtime);
    this.close();
  }

  close(): void {
    const { fd } = this.#open ?? {};
    this.#open = undefined;
    if (fd !== undefined) closeSync(fd);
  }
}
