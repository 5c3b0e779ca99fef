import type { FileSelector } from "../contract/file-selector.ts";
import type { ImageFacts } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";

// /etc/passwd and /etc/group as containerd reads them (github.com/moby/sys/user): a field that is not a
// number counts as 0, missing fields are empty, and nothing is an error.

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Home directory; absent if the field is empty. */
  readonly home?: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export const PASSWD = "/etc/passwd";
export const GROUP = "/etc/group";

/** Selector for rules that read accounts. */
export const PASSWD_FILE: FileSelector = { paths: [PASSWD], content: LIMITS.accountFileBytes };

/** Accounts of an image; empty if it lacks these files. */
export interface ImageAccounts {
  readonly accounts: readonly Account[];
  /** Whether the file is longer than the part that was read, and so may have more accounts. */
  readonly isCut: boolean;
}

/** Accounts of an image; the rule must have selected PASSWD_FILE. */
export function imageAccounts({ files }: Pick<ImageFacts, "files">): ImageAccounts {
  const file = files.find(({ path, hidden }) => path === PASSWD && hidden === undefined);
  return { accounts: parsePasswd(file?.content ?? ""), isCut: file?.truncated === true };
}

/** Account of a uid or name; the first of several. */
export function findAccount(accounts: readonly Account[], wanted: number | string): Account | undefined {
  return accounts.find(({ name, uid }) => (typeof wanted === "number" ? uid : name) === wanted);
}

/**
 * Primary group that containerd gives a user of the image; undefined if its accounts are not completely
 * known. A rule must have selected PASSWD_FILE.
 *
 * @param user decimal uid, or a name
 */
export function primaryGroup({ files }: Pick<ImageFacts, "files">, user: string): number | undefined {
  const file = files.find(({ path, hidden }) => path === PASSWD && hidden === undefined);
  if (file?.content === undefined || file.truncated === true) return undefined;
  const isUid = UID.test(user);
  const account = findAccount(parsePasswd(file.content), isUid ? Number(user) : user);
  return account?.gid ?? (isUid ? 0 : undefined);
}

/**
 * Whether a name and a uid are the same account of the image: both lead to one line of /etc/passwd, from which the
 * groups of the process follow. A rule must have selected PASSWD_FILE.
 */
export function isSameAccount({ files }: Pick<ImageFacts, "files">, one: string, other: string): boolean {
  const { accounts, isCut } = imageAccounts({ files });
  if (isCut) return false;
  const [a, b] = [one, other].map((user) => findAccount(accounts, UID.test(user) ? Number(user) : user));
  return a !== undefined && a === b;
}

const UID = /^\d+$/;

export function parsePasswd(text: string): readonly Account[] {
  return linesOf(text).map(([name = "", , uid, gid, , home = ""]) => ({
    name,
    uid: numberOf(uid),
    gid: numberOf(gid),
    ...(home === "" ? {} : { home }),
  }));
}

/** Groups of a text. Comments (`#`) exist only in /etc/group. */
export function parseGroup(text: string): readonly Group[] {
  return linesOf(text)
    .filter(([name = ""]) => !name.startsWith("#"))
    .map(([name = "", , gid, members = ""]) => ({
      name,
      gid: numberOf(gid),
      members: members === "" ? [] : members.split(","),
    }));
}

function linesOf(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(":"));
}

/**
 * Number as Go's strconv.Atoi parses it, with its error ignored: a value out of range becomes the nearest
 * bound.
 */
function numberOf(field: string | undefined): number {
  if (field === undefined || !/^[+-]?\d+$/.test(field)) return 0;
  const most = Number.MAX_SAFE_INTEGER;
  return Math.max(-most, Math.min(Number(field), most));
}
