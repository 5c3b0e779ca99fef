// `npm run bench`: makes real images and measures douane on them, beside the floor, Node's own start
// and trivy, all in one run. A full run writes docs/performance.md. `-- --gate` compares a few ratios of CPU
// time with gate-ratios.json, in a minute.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataFigures, figuresOf } from "./figures.ts";
import { gate } from "./gate.ts";
import { type ImageForms, largeImage, minbaseImage, mixedImage } from "./images/build.ts";
import { entriesImage, longFilesImage } from "./images/extreme.ts";
import { layersOf } from "./layers.ts";
import { describeMachine } from "./machine.ts";
import { manifestFiles } from "./manifests/files.ts";
import { manifestSubjects } from "./manifests/subjects.ts";
import { type ManyImages, manyImages } from "./many/subjects.ts";
import { type Measurement, measure, type Subject } from "./measure.ts";
import { METHOD } from "./method.ts";
import { figuresTable, type MeasuredImage, measurementTables } from "./page.ts";
import { BenchError } from "./run.ts";
import { extremeSubjects, sbomSubjects } from "./sbom/subjects.ts";
import { imageSubjects, startSubjects } from "./subjects.ts";
import { trialSubjects } from "./trial/subjects.ts";
import { matchingFigures } from "./vulnerabilities/figures.ts";
import { matchingSubjects } from "./vulnerabilities/matching.ts";
import { dataSubjects, importedData } from "./vulnerabilities/subjects.ts";

const IMAGES = [
  { name: "minbase", contents: "Debian 13 by debootstrap's minbase variant", make: minbaseImage },
  {
    name: "large",
    contents: "The same, OpenJDK 21 JRE, Python with SciPy and pandas, Node, and a Next.js dependency tree",
    make: largeImage,
  },
];

try {
  await main();
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      gate: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs ?? (values.quick ? 3 : 7));
  if (!Number.isInteger(runs) || runs < 1)
    throw new BenchError(`--runs ${values.runs}: a whole number from 1 on`);
  if (values.gate) {
    process.stdout.write(`${await gate(runs, values.write)}\n`);
    return;
  }
  const subjects: Subject[] = [...startSubjects(), ...(await manifestSubjects(manifestFiles()))];
  const images: MeasuredImage[] = [];
  for (const { name, contents, make } of values.quick ? IMAGES.slice(0, 1) : IMAGES) {
    const forms = make();
    images.push({ name, contents, ...(await layersOfForms(forms)) });
    subjects.push(...(await imageSubjects(name, forms)), ...sbomSubjects(name, forms, true));
  }
  if (!values.quick) {
    subjects.push(...sbomSubjects("mixed", mixedImage(), false));
    subjects.push(...extremeSubjects({ entries: entriesImage(), longFiles: longFilesImage() }));
  }
  const [smallest] = IMAGES;
  if (smallest !== undefined) subjects.push(...(await trialSubjects(smallest.make()["gzip layout"])));
  subjects.push(...dataSubjects());
  const matching = values.quick ? undefined : await matchingSubjects(largeImage()["gzip layout"]);
  subjects.push(...(matching?.subjects ?? []));
  const many = await manyImages();
  const measurements = measureWith(many, subjects, runs);
  const figures = [...figuresOf(measurements), ...dataFigures(measurements, importedData())];
  if (matching !== undefined) figures.push(...matchingFigures(measurements, matching.said()));
  const page = [
    "# Performance",
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${describeMachine()}.`,
    `Medians of ${runs} runs.`,
    "## Figures to reach",
    figuresTable(figures),
    measurementTables(measurements, images),
    METHOD,
  ].join("\n\n");
  process.stdout.write(`${page}\n`);
  if (!values.quick)
    writeFileSync(join(import.meta.dirname, "..", "..", "docs", "performance.md"), `${page}\n`);
}

/** Measures the subjects and those of many images, and ends the registry of the latter, also after an error. */
function measureWith(
  many: ManyImages,
  subjects: readonly Subject[],
  runs: number,
): ReadonlyMap<string, Measurement> {
  try {
    return measure([...subjects, ...many.subjects], runs);
  } finally {
    many.close();
  }
}

async function layersOfForms(forms: ImageForms): Promise<Pick<MeasuredImage, "tar" | "gzip">> {
  return { tar: await layersOf(forms["docker-archive"]), gzip: await layersOf(forms["gzip layout"]) };
}
