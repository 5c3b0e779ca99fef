// /etc/passwd and /etc/group as containerd reads them (github.com/moby/sys/user): a field that is no
// number counts as 0, a line that is short ends early, nothing is an error.

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export function parsePasswd(text: string): readonly Account[] {
  return linesOf(text).map(([name = "", , uid, gid]) => ({ name, uid: numberOf(uid), gid: numberOf(gid) }));
}

export function parseGroup(text: string): readonly Group[] {
  return linesOf(text).map(([name = "", , gid, members = ""]) => ({
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

function numberOf(field: string | undefined): number {
  return field !== undefined && /^[+-]?\d{1,15}$/.test(field) ? Number(field) : 0;
}
