import { gunzipSync, gzipSync } from "node:zlib";
import type { Random } from "./random.ts";
import { type Member, membersOf, tarOf, withContent } from "./tar-members.ts";

const MOST = 1024 ** 2;

/** Mutates the content of a gzip or a tar and repairs its frame; undefined for other inputs. */
export function mutatePacked(
  input: Buffer,
  random: Random,
  change: (content: Buffer) => Buffer,
): Buffer | undefined {
  if (input.readUInt16BE(0) === 0x1f8b) return withinGzip(input, change);
  const members = membersOf(input);
  return members === undefined ? undefined : tarOf(mutateMembers(members, random, change));
}

function withinGzip(input: Buffer, change: (content: Buffer) => Buffer): Buffer | undefined {
  try {
    return gzipSync(change(gunzipSync(input, { maxOutputLength: MOST })), { level: 1 });
  } catch {
    return undefined;
  }
}

/** Mutates one member: removed, doubled, moved, or with another content, often a mutated JSON document. */
function mutateMembers(
  members: readonly Member[],
  random: Random,
  change: (content: Buffer) => Buffer,
): readonly Member[] {
  const at = random.below(members.length);
  const [member, other] = [members[at], random.pick(members)];
  if (member === undefined) return members;
  switch (random.below(8)) {
    case 0:
      return members.toSpliced(at, 1);
    case 1:
      return members.toSpliced(at, 0, other);
    case 2:
      return members.toSpliced(at, 1).toSpliced(random.below(members.length), 0, member);
    case 3:
      return members.with(at, { ...member, header: change(member.header) });
    default:
      return withContent(members, at, change(member.content));
  }
}
