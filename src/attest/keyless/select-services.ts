/** Service of a signing configuration. */
export interface Service {
  readonly url: string;
  /** Major version of the service's API; 0 for an unreleased version. */
  readonly version: number;
  /** First and last moment of its validity, both included; milliseconds since 1970, or infinite. */
  readonly start: number;
  readonly end: number;
  readonly operator: string;
}

/** Number of services to use, of distinct operators. */
export type Selection =
  | { readonly kind: "none" | "all" | "any" }
  | { readonly kind: "exact"; readonly count: number };

/**
 * Selects services as the specification of SigningConfig demands: valid now, and only of the highest version
 * that the caller supports; of each operator, the service with the newest start.
 *
 * @param versions versions that the caller supports
 * @returns undefined if there are too few
 */
export function selectServices(
  services: readonly Service[],
  versions: readonly number[],
  selection: Selection,
  now: Date,
): readonly Service[] | undefined {
  if (selection.kind === "none") return [];
  const time = now.getTime();
  const usable = services.filter(
    ({ version, start, end }) => versions.includes(version) && start <= time && time <= end,
  );
  const highest = Math.max(...usable.map(({ version }) => version));
  const newest = usable.filter(({ version }) => version === highest).toSorted(byStart);
  const distinct = newest.filter(
    ({ operator }, index) => newest.findIndex((other) => other.operator === operator) === index,
  );
  const count = { all: Math.max(distinct.length, 1), any: 1 };
  const wanted = selection.kind === "exact" ? selection.count : count[selection.kind];
  return distinct.length < wanted ? undefined : distinct.slice(0, wanted);
}

/**
 * Newest start first. Services with equal starts, including infinite ones, keep their order in the
 * configuration.
 */
function byStart(one: Service, other: Service): number {
  return one.start === other.start ? 0 : other.start - one.start;
}
