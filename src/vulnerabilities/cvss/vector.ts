/** Metrics of a CVSS version, each with its possible values. */
export interface Metrics {
  /** Base metrics, all of which are required. */
  readonly base: Readonly<Record<string, readonly string[]>>;
  /** Optional metrics, which do not affect the base score. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** Value of each metric of a vector. */
export type Vector = ReadonlyMap<string, string>;

/**
 * Parses `AV:N/AC:L/…`. Undefined if a base metric is missing, a metric is repeated, or a name or value is
 * unknown: a partial vector would give a too low score.
 */
export function parseVector(text: string, { base, others }: Metrics): Vector | undefined {
  const vector = new Map<string, string>();
  for (const part of text.split("/")) {
    const colon = part.indexOf(":");
    const name = part.slice(0, Math.max(colon, 0));
    const value = part.slice(colon + 1);
    const values = valuesOf(base, name) ?? valuesOf(others, name);
    if (values?.includes(value) !== true || vector.has(name)) return undefined;
    vector.set(name, value);
  }
  return Object.keys(base).every((name) => vector.has(name)) ? vector : undefined;
}

function valuesOf(metrics: Metrics["base"], name: string): readonly string[] | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

/** Values by metric from a table: `{ AV: "N A L P" }`. */
export function metricsOf(stated: Readonly<Record<string, string>>): Metrics["base"] {
  return Object.fromEntries(Object.entries(stated).map(([name, values]) => [name, values.split(" ")]));
}
