/**
 * Sources on which a command's exit status depends:
 * - `application`: an answer of the application, or of a program that calls it
 * - `process NAME`: whether a process of this name exists; empty if the name is unknown
 * - `processes`, `processes filtered`: the list of processes; the latter without grep itself
 * - `file PATH`: whether a file exists, or its content
 * - `host NAME`: another host
 *
 * Without a source, the status is the same each time.
 */
export type StatusSource =
  | "application"
  | `process ${string}`
  | "processes"
  | "processes filtered"
  | `file ${string}`
  | `host ${string}`;

export type StatusSources = ReadonlySet<StatusSource>;

/** Exit statuses that a command may have, and the sources that decide between them. */
export interface Status {
  readonly zero: boolean;
  readonly other: boolean;
  readonly sources: StatusSources;
}

export const NO_SOURCES: StatusSources = new Set();
export const ZERO: Status = { zero: true, other: false, sources: NO_SOURCES };
export const OTHER: Status = { zero: false, other: true, sources: NO_SOURCES };

/** Status that depends on these sources. */
export function either(sources: StatusSources): Status {
  return { zero: true, other: true, sources };
}

export function together(...all: readonly StatusSources[]): StatusSources {
  return new Set(all.flatMap((sources) => [...sources]));
}

/** Status after one of two branches, chosen by `via`; undefined for an impossible branch. */
export function joined(
  a: Status | undefined,
  b: Status | undefined,
  via: StatusSources = NO_SOURCES,
): Status | undefined {
  if (a === undefined || b === undefined) {
    const only = a ?? b;
    return only === undefined ? undefined : { ...only, sources: together(only.sources, via) };
  }
  return {
    zero: a.zero || b.zero,
    other: a.other || b.other,
    sources: together(a.sources, b.sources, via),
  };
}

/** Status after any of several branches; an undefined branch is never taken. */
export function anyOf(...ways: readonly (Status | undefined)[]): Status {
  const taken = ways.filter((way) => way !== undefined);
  return {
    zero: taken.some(({ zero }) => zero),
    other: taken.some(({ other }) => other),
    sources: together(...taken.map(({ sources }) => sources)),
  };
}

/** Status without its sources if only one result is possible: the sources then decide nothing. */
export function settled(status: Status): Status {
  return status.zero && status.other ? status : { ...status, sources: NO_SOURCES };
}

export function negated({ zero, other, sources }: Status): Status {
  return { zero: other, other: zero, sources };
}
