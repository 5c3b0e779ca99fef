/** Service of a signing configuration. */
export interface Service {
  readonly url: string;
  /** Major version of its API; 0 for one that is not released. */
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
 * Selects services as the specification of SigningConfig demands: valid now, of the highest version that the caller
 * knows, and of that version alone; of each operator the one with the newest begin.
 *
 * @param versions that the caller knows
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

/** Newest begin first. Equal begins, infinite ones too, keep their order in the configuration. */
function byStart(one: Service, other: Service): number {
  return one.start === other.start ? 0 : other.start - one.start;
}
