import { sep } from "node:path";

/** Whether two folders are equal, or one is above the other; sibling folders belong to other environments. */
export function isOneBranch(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(other.endsWith(sep) ? other : `${other}${sep}`);
}
