// Text format of Prometheus, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).

/** Media type of the format. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Named {
  /** `douane_decisions_total` */
  readonly name: string;
  /** One line. */
  readonly help: string;
}

/** Values of one metric by the value of its only label; the key is empty for a metric without a label. */
export type Samples = Readonly<Record<string, number>>;

/** A counter or gauge with its values. @param label name of the label; absent if there is none */
export function simpleMetric(
  { name, help }: Named,
  type: "counter" | "gauge",
  samples: Samples,
  label?: string,
): string {
  const lines = Object.entries(samples).map(
    ([value, number]) => `${name}${label === undefined ? "" : `{${label}="${escaped(value)}"}`} ${number}`,
  );
  return lines.length === 0 ? "" : [head({ name, help }, type), ...lines, ""].join("\n");
}

/** A label's value, of which a backslash, a quote and a line feed are escaped. */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** Histogram by bound and by one label. */
export class Histogram {
  readonly #named: Named;
  readonly #label: string;
  /** Upper bounds, ascending. */
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, { readonly counts: number[]; sum: number }>();

  constructor(named: Named, label: string, bounds: readonly number[]) {
    this.#named = named;
    this.#label = label;
    this.#bounds = bounds;
  }

  observe(label: string, value: number): void {
    const series = this.#series.get(label) ?? { counts: [...this.#bounds, Infinity].map(() => 0), sum: 0 };
    this.#series.set(label, series);
    const index = this.#bounds.findIndex((bound) => value <= bound);
    const at = index === -1 ? this.#bounds.length : index;
    series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += value;
  }

  text(): string {
    const { name } = this.#named;
    const lines = [head(this.#named, "histogram")];
    for (const [label, { counts, sum }] of this.#series) {
      const of = `${this.#label}="${label}"`;
      let total = 0;
      for (const [index, count] of counts.entries()) {
        total += count;
        const bound = this.#bounds[index];
        lines.push(`${name}_bucket{${of},le="${bound ?? "+Inf"}"} ${total}`);
      }
      lines.push(`${name}_sum{${of}} ${sum}`, `${name}_count{${of}} ${total}`);
    }
    return lines.length === 1 ? "" : [...lines, ""].join("\n");
  }
}

function head({ name, help }: Named, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}`;
}
