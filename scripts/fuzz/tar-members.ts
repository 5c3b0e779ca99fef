import { createHash } from "node:crypto";

/** A member of a tar: its header, any 512 bytes, and its content. */
export interface Member {
  readonly header: Buffer;
  readonly content: Buffer;
}

const BLOCK = 512;

/** Members of a tar up to its end, or to an invalid one; undefined if the input is not a tar. */
export function membersOf(tar: Buffer): readonly Member[] | undefined {
  const members: Member[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar.toString("latin1", at + 257, at + 262) === "ustar"; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(header.toString("latin1", 124, 136), 8) || 0;
    members.push({ header, content: tar.subarray(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members.length === 0 ? undefined : members;
}

/** A tar of these members, with correct sizes in their headers. */
export function tarOf(members: readonly Member[]): Buffer {
  const parts = members.flatMap(({ header, content }) => {
    const own = Buffer.alloc(BLOCK);
    header.copy(own);
    own.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124, "latin1");
    return [own, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/**
 * Replaces the content of a member of an image: names and documents that contain its hash get the new hash
 * and size, which changes these documents in turn.
 */
export function withContent(members: readonly Member[], index: number, content: Buffer): readonly Member[] {
  const all = members.map((member, at) => (at === index ? { ...member, content } : member));
  const before = members[index]?.content ?? Buffer.alloc(0);
  const changed: [Buffer, Buffer][] = [[before, content]];
  // A config changes its manifest, which changes the index: no chain is longer.
  for (let left = 20; left > 0; left--) {
    const next = changed.shift();
    if (next === undefined) break;
    const [from, to] = next.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
    if (from === undefined || to === undefined || from === to) continue;
    for (const [at, member] of all.entries()) {
      if (!member.content.includes(from) && !member.header.includes(from)) continue;
      const text = member.content.toString("latin1").replaceAll(from, to);
      const linked = Buffer.from(resized(text, to, next[1].length), "latin1");
      all[at] = {
        header: Buffer.from(member.header.toString("latin1").replaceAll(from, to), "latin1"),
        content: linked,
      };
      if (!linked.equals(member.content)) changed.push([member.content, linked]);
    }
  }
  return all;
}

/** Replaces a descriptor's size, before or after its digest. */
function resized(text: string, hash: string, size: number): string {
  return text
    .replaceAll(new RegExp(`(sha256:${hash}","size":)\\d{1,12}`, "g"), `$1${size}`)
    .replaceAll(new RegExp(`("size":)\\d{1,12}(,"digest":"sha256:${hash}")`, "g"), `$1${size}$2`);
}
