import type { Figure, Measurements } from "./figures.ts";
import type { ImageLayers } from "./layers.ts";
import { MANIFEST_SUBJECTS } from "./manifests/subjects.ts";
import { MANY_SUBJECTS } from "./many/subjects.ts";
import { type Measurement, ratioOf } from "./measure.ts";
import { EXTREME_SUBJECTS, SBOM_TOOLS, sbomSubjectName } from "./sbom/subjects.ts";
import { FORMS, startSubjects, subjectName, TOOLS } from "./subjects.ts";
import { TRIAL_SUBJECTS } from "./trial/subjects.ts";

export interface MeasuredImage {
  readonly name: string;
  /** Description of the content. */
  readonly contents: string;
  readonly tar: ImageLayers;
  readonly gzip: ImageLayers;
}

/** The figures as a Markdown table. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, target, measured, met }) => [
    what,
    target,
    measured,
    met ? "met" : "**not met**",
  ]);
  return table(["figure", "target", "measured", ""], rows);
}

/** Measurements as Markdown tables. */
export function measurementTables(measurements: Measurements, images: readonly MeasuredImage[]): string {
  return [
    "## Start-up",
    startTable(measurements),
    "## Manifests and Dockerfiles",
    manifestTable(measurements),
    "## SBOM",
    sbomTable(measurements),
    "## Many images",
    manyTable(measurements),
    "## The trial",
    trialTable(measurements),
    ...images.flatMap((image) => imageSection(measurements, image)),
  ].join("\n\n");
}

function startTable(measurements: Measurements): string {
  const node = measurements.get("node -e 0");
  const rows = startSubjects().map(({ name }) => [`\`${name}\``, cell(measurements.get(name), node)]);
  return table(["", "time (of `node -e 0`), peak memory"], rows);
}

/** Each check beside js-yaml's reading of the same bytes. */
function manifestTable(measurements: Measurements): string {
  const { loadConforming, checkConforming, loadRefused, checkRefused, checkSingle, checkDockerfiles } =
    MANIFEST_SUBJECTS;
  const { reportJson, reportSarif, reportHtml } = MANIFEST_SUBJECTS;
  const rows = [
    ["1,000 conforming workloads", loadConforming, checkConforming],
    ["1,000 workloads, each refused", loadRefused, checkRefused],
    ["a single manifest", undefined, checkSingle],
    ["700 Dockerfiles", undefined, checkDockerfiles],
    ["5,000 refused workloads, in JSON", undefined, reportJson],
    ["the same in SARIF", undefined, reportSarif],
    ["the same in HTML", undefined, reportHtml],
  ] as const;
  return table(
    ["", "js-yaml's loadAll", "douane check --no-images"],
    rows.map(([what, load, check]) => {
      const base = load === undefined ? undefined : measurements.get(load);
      return [what, cell(base, undefined), cell(measurements.get(check), base)];
    }),
  );
}

function sbomTable(measurements: Measurements): string {
  const rows = ["minbase", "large", "mixed"].map((image) => {
    const trivy = measurements.get(sbomSubjectName("trivy", image));
    return [
      `${image}, docker-archive`,
      ...SBOM_TOOLS.map((tool) => cell(measurements.get(sbomSubjectName(tool, image)), trivy)),
    ];
  });
  const extremes = Object.values(EXTREME_SUBJECTS).map((name) => [
    name.replace("douane sbom, cold: ", ""),
    cell(measurements.get(name), undefined),
    "–",
    "–",
  ]);
  return table(["", ...SBOM_TOOLS], [...rows, ...extremes]);
}

function manyTable(measurements: Measurements): string {
  const rows = [
    ["each layer known", cell(measurements.get(MANY_SUBJECTS.warm), undefined)],
    ["none known", cell(measurements.get(MANY_SUBJECTS.cold), undefined)],
  ];
  return table(["1,000 workloads of an image each, 300 layers in all", "time, peak memory"], rows);
}

function trialTable(measurements: Measurements): string {
  const { trial, tar, unpack, doctor } = TRIAL_SUBJECTS;
  const extract = measurements.get(tar);
  const rows = [
    [
      "`douane trial` of a Node HTTP server, layers unpacked before",
      cell(measurements.get(trial), undefined),
    ],
    ["`tar -x` of 250 MB, half of it in gzip", cell(extract, undefined)],
    ["the same by our unpacking, cold", cell(measurements.get(unpack), extract)],
    ["`douane doctor`", cell(measurements.get(doctor), undefined)],
  ];
  return table(["", "time, peak memory"], rows);
}

function imageSection(measurements: Measurements, { name, contents, tar, gzip }: MeasuredImage): string[] {
  const sizes = `${megabytes(tar.storedBytes)} of tar in ${plural(tar.layers.length, "layer")}, ${megabytes(gzip.storedBytes)} with gzip`;
  const rows = TOOLS.map((tool) => [
    tool,
    ...FORMS.map((form) =>
      cell(
        measurements.get(subjectName(tool, name, form)),
        measurements.get(subjectName("floor", name, form)),
      ),
    ),
  ]);
  return [`## The ${name} image`, `${contents}: ${sizes}.`, table(["", ...FORMS], rows)];
}

/** `1.24 s (1.05 ×), 90 MB` */
function cell(measurement: Measurement | undefined, base: Measurement | undefined): string {
  if (measurement === undefined) return "–";
  const { wall, memory } = measurement;
  const ratio =
    base === undefined || base === measurement ? "" : ` (${ratioOf(measurement, base).toFixed(2)} ×)`;
  return `${duration(wall.median)}${ratio}, ${megabytes(memory.median)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
