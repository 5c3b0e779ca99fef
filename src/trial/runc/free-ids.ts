/**
 * First id and number of ids in shadow-utils' defaults for a user: SUB_UID_MIN, SUB_UID_COUNT
 * (login.defs(5)).
 */
const [FIRST, COUNT] = [100_000, 65_536];

export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Finds a free range of subordinate ids. Ranges must not overlap: users who share ids can change each other's
 * files.
 *
 * @param delegated /etc/subuid and /etc/subgid, `name:first:count` per line (subuid(5))
 * @param accounts /etc/passwd and /etc/group, whose third field is an id
 */
export function freeIds(delegated: readonly string[], accounts: readonly string[]): IdRange {
  const taken = [
    ...delegated.flatMap((text) =>
      rows(text).map(([, first, count]) => rangeOf(Number(first), Number(count))),
    ),
    ...accounts.flatMap((text) => rows(text).map(([, , id]) => rangeOf(Number(id), 1))),
  ].filter(({ first, last }) => Number.isSafeInteger(first) && Number.isSafeInteger(last));
  let first = FIRST;
  for (const range of taken.toSorted((a, b) => a.first - b.first)) {
    if (range.first <= first + COUNT - 1 && range.last >= first) first = range.last + 1;
  }
  return rangeOf(first, COUNT);
}

function rangeOf(first: number, count: number): IdRange {
  return { first, last: first + count - 1 };
}

function rows(text: string): readonly (readonly string[])[] {
  return text.split("\n").map((line) => line.split(":"));
}
