import { DEFAULT_WAITS } from "../../src/trial/default-waits.ts";
import type { Form } from "./images/build.ts";
import { MANIFEST_SUBJECTS } from "./manifests/subjects.ts";
import { MANY_SUBJECTS } from "./many/subjects.ts";
import { type Measurement, ratioOf } from "./measure.ts";
import { EXTREME_SUBJECTS, sbomSubjectName } from "./sbom/subjects.ts";
import { FORMS, subjectName, type Tool } from "./subjects.ts";
import { TRIAL_SUBJECTS } from "./trial/subjects.ts";
import { DATA_SUBJECTS } from "./vulnerabilities/subjects.ts";

export type Measurements = ReadonlyMap<string, Measurement>;

/** A promised figure, and its measured value. */
export interface Figure {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

const MB = 1_000_000;

const FLOOR_FIGURES = [
  { image: "minbase", form: "gzip layout", times: 1.85 },
  { image: "large", form: "gzip layout", times: 1.6 },
  { image: "large", form: "docker-archive", times: 2.7 },
] as const;

/** Figures for which all measurements exist. */
export function figuresOf(measurements: Measurements): readonly Figure[] {
  const gzip = (tool: Tool) => subjectName(tool, "large", "gzip layout");
  return [
    ...FLOOR_FIGURES.map(({ image, form, times }) => {
      const floor = subjectName("floor", image, form);
      const cold = ratio(measurements, subjectName("douane, cold", image, form), floor);
      return atMost(`cold, ${image}, ${form}, against the floor`, times, cold);
    }),
    ...(["minbase", "large"] as const).map((image) => {
      const archive = (tool: Tool) => subjectName(tool, image, "docker-archive");
      const faster = ratio(measurements, archive("trivy, secrets and packages"), archive("douane, cold"));
      const what = `trivy (secrets and packages) against cold, ${image}, docker-archive`;
      return atLeast(what, image === "minbase" ? 10 : 8, faster);
    }),
    atMost(
      "warm, large image, gzip layout, against `node -e 0`",
      5,
      ratio(measurements, gzip("douane, warm"), "node -e 0"),
    ),
    atMost("`douane --help` against `node -e 0`", 2, ratio(measurements, "douane --help", "node -e 0")),
    memoryFigure("peak memory of every douane run on an image", 175, highestMemory(measurements, isOfImage)),
    memoryFigure(
      "peak memory, cold, large image more than minbase, any form",
      60,
      memoryGrowth(measurements),
    ),
    ...sbomFigures(measurements),
    ...manifestFigures(measurements),
    secondsFigure("1,000 images, each layer known", 12, measurements.get(MANY_SUBJECTS.warm)?.wall.median),
    memoryFigure(
      "peak memory, 1,000 images, each layer known",
      300,
      measurements.get(MANY_SUBJECTS.warm)?.memory.most,
    ),
    ...trialFigures(measurements),
  ].filter((figure) => figure !== undefined);
}

/** Figures of vulnerability data and of the last import. */
export function dataFigures(
  measurements: Measurements,
  { bytesPerRecord, openMs }: { readonly bytesPerRecord: number; readonly openMs: number },
): readonly Figure[] {
  const imported = measurements.get(DATA_SUBJECTS.import);
  return [
    secondsFigure("import of 100,000 OSV records", 20, imported?.wall.median),
    memoryFigure("peak memory of that import", 300, imported?.memory.most),
    {
      what: "vulnerability data of 100,000 records: open and ask once",
      target: "≤ 30 ms",
      measured: `${openMs.toFixed(1)} ms`,
      met: openMs <= 30,
    },
    {
      what: "vulnerability data of 100,000 records, on the disk",
      target: "≤ 100 B a record",
      measured: `${bytesPerRecord.toFixed(0)} B a record`,
      met: bytesPerRecord <= 100,
    },
  ].filter((figure) => figure !== undefined);
}

const SBOM_IMAGES = [
  { image: "minbase", times: 8 },
  { image: "large", times: 4 },
  { image: "mixed", times: 4 },
] as const;

function sbomFigures(measurements: Measurements): readonly (Figure | undefined)[] {
  const cold = (image: string) => sbomSubjectName("douane sbom, cold", image);
  const check = subjectName("douane, cold", "large", "docker-archive");
  const isSbom = (name: string) => SBOM_IMAGES.some(({ image }) => name === cold(image));
  return [
    ...SBOM_IMAGES.map(({ image, times }) => {
      const faster = ratio(measurements, sbomSubjectName("trivy", image), cold(image));
      return atLeast(`trivy against \`douane sbom\`, cold, ${image}, docker-archive`, times, faster);
    }),
    atMost(
      "`douane sbom`, cold, large, against `douane check`, cold",
      1.3,
      ratio(measurements, cold("large"), check),
    ),
    atMost(
      "`douane sbom`, warm, large, against `node -e 0`",
      5,
      ratio(measurements, sbomSubjectName("douane sbom, warm", "large"), "node -e 0"),
    ),
    memoryFigure("peak memory of `douane sbom`", 200, highestMemory(measurements, isSbom)),
    memoryFigure(
      "peak memory of `douane sbom`, an image of 1,000,000 entries",
      250,
      measurements.get(EXTREME_SUBJECTS.entries)?.memory.most,
    ),
    memoryFigure(
      "peak memory of `douane sbom`, a program of 300 MB and a jar of 200 MB",
      250,
      measurements.get(EXTREME_SUBJECTS.longFiles)?.memory.most,
    ),
  ];
}

function manifestFigures(measurements: Measurements): readonly (Figure | undefined)[] {
  const names = MANIFEST_SUBJECTS;
  const against = (check: string, load: string) => ratio(measurements, check, load);
  return [
    atMost(
      "1,000 conforming workloads, against js-yaml's loadAll",
      3,
      against(names.checkConforming, names.loadConforming),
    ),
    atMost(
      "1,000 refused workloads with lines, against js-yaml's loadAll",
      8,
      against(names.checkRefused, names.loadRefused),
    ),
    memoryFigure("peak memory, 1,000 workloads", 250, highestMemory(measurements, isOfWorkloads)),
    ...[names.reportJson, names.reportSarif, names.reportHtml].map((name) =>
      memoryFigure(`peak memory, ${name.replace("douane: ", "")}`, 300, measurements.get(name)?.memory.most),
    ),
    atMost("a single manifest, against `node -e 0`", 5, against(names.checkSingle, "node -e 0")),
    secondsFigure("700 Dockerfiles", 2, measurements.get(names.checkDockerfiles)?.wall.median),
  ];
}

/**
 * Time that a trial waits for writes and logs: both roots run concurrently, and the mean of the random waits
 * counts (jitteredSettle()).
 */
const SETTLE_SECONDS = (1.25 * DEFAULT_WAITS.settleMs) / 1_000;

function trialFigures(measurements: Measurements): readonly (Figure | undefined)[] {
  const names = TRIAL_SUBJECTS;
  const wall = measurements.get(names.trial)?.wall.median;
  const own = wall === undefined ? undefined : wall - SETTLE_SECONDS * 1_000;
  return [
    secondsFigure("the trial of a Node HTTP server, layers unpacked before", 2, wall),
    secondsFigure("the same without the time left to the application", 0.8, own),
    atMost("cold unpack of 250 MB, against tar -x", 2, ratio(measurements, names.unpack, names.tar)),
    secondsFigure("`douane doctor`", 0.3, measurements.get(names.doctor)?.wall.median),
  ];
}

function isOfWorkloads(name: string): boolean {
  return name === MANIFEST_SUBJECTS.checkConforming || name === MANIFEST_SUBJECTS.checkRefused;
}

/** Whether the figure is about one image; runs on many have their own. */
function isOfImage(name: string): boolean {
  const isOfMany = Object.values<string>(MANY_SUBJECTS).includes(name);
  return !isOfMany && (name.startsWith("douane,") || name === "douane --help");
}

function secondsFigure(what: string, limit: number, milliseconds: number | undefined): Figure | undefined {
  if (milliseconds === undefined) return undefined;
  const measured = milliseconds / 1_000;
  return { what, target: `≤ ${limit} s`, measured: `${measured.toFixed(2)} s`, met: measured <= limit };
}

function atMost(what: string, limit: number, value: number | undefined): Figure | undefined {
  if (value === undefined) return undefined;
  return { what, target: `≤ ${limit} ×`, measured: `${value.toFixed(2)} ×`, met: value <= limit };
}

function atLeast(what: string, limit: number, value: number | undefined): Figure | undefined {
  if (value === undefined) return undefined;
  return { what, target: `≥ ${limit} ×`, measured: `${value.toFixed(1)} ×`, met: value >= limit };
}

function memoryFigure(what: string, limit: number, bytes: number | undefined): Figure | undefined {
  if (bytes === undefined) return undefined;
  const measured = bytes / MB;
  return { what, target: `≤ ${limit} MB`, measured: `${measured.toFixed(0)} MB`, met: measured <= limit };
}

function ratio(measurements: Measurements, name: string, to: string): number | undefined {
  const [a, b] = [measurements.get(name), measurements.get(to)];
  return a === undefined || b === undefined ? undefined : ratioOf(a, b);
}

function highestMemory(measurements: Measurements, isMeant: (name: string) => boolean): number | undefined {
  const peaks = [...measurements].filter(([name]) => isMeant(name)).map(([, { memory }]) => memory.most);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function memoryGrowth(measurements: Measurements): number | undefined {
  const memoryOf = (image: string, form: Form) =>
    measurements.get(subjectName("douane, cold", image, form))?.memory.median;
  const growth = FORMS.map(
    (form) => (memoryOf("large", form) ?? Number.NaN) - (memoryOf("minbase", form) ?? Number.NaN),
  );
  const most = Math.max(...growth);
  return Number.isNaN(most) ? undefined : most;
}
