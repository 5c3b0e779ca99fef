import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minbaseImage } from "./images/build.ts";
import { manifestFiles } from "./manifests/files.ts";
import { MANIFEST_SUBJECTS, manifestSubjects } from "./manifests/subjects.ts";
import type { Subject } from "./measure.ts";
import { BenchError } from "./run.ts";
import { sbomSubjectName, sbomSubjects } from "./sbom/subjects.ts";
import { statisticsOf } from "./statistics.ts";
import { imageSubjects, startSubjects, subjectName } from "./subjects.ts";

/** Ratio of CPU time that a change may not exceed by more than the margin. */
export interface ExpectedRatio {
  readonly subject: string;
  readonly to: string;
  readonly ratio: number;
}

const RATIOS = join(import.meta.dirname, "gate-ratios.json");
/** Noise of a busy machine takes up to a tenth, a change that a user notices a fifth. */
const MARGIN = 1.15;
const IMAGE = "minbase";
const COMPARED: readonly Omit<ExpectedRatio, "ratio">[] = [
  { subject: "douane --help", to: "node -e 0" },
  { subject: MANIFEST_SUBJECTS.checkSingle, to: "node -e 0" },
  { subject: subjectName("douane, cold", IMAGE, "docker-archive"), to: floorOf("docker-archive") },
  { subject: subjectName("douane, warm", IMAGE, "docker-archive"), to: "node -e 0" },
  { subject: subjectName("douane, cold", IMAGE, "gzip layout"), to: floorOf("gzip layout") },
  { subject: sbomSubjectName("douane sbom, cold", IMAGE), to: floorOf("docker-archive") },
];

/**
 * Measures the CPU time of a few subjects and compares their ratios with those of gate-ratios.json, which
 * `isWritten` writes anew. CPU time is compared, since the elapsed time tells what else a machine did.
 *
 * @returns the outcome of each comparison
 * @throws BenchError if a ratio exceeds what is expected
 */
export async function gate(runs: number, isWritten: boolean): Promise<string> {
  const forms = minbaseImage();
  const all = [
    ...startSubjects(),
    ...(await manifestSubjects(manifestFiles())),
    ...(await imageSubjects(IMAGE, forms)),
    ...sbomSubjects(IMAGE, forms, true),
  ];
  const names = new Set(COMPARED.flatMap(({ subject, to }) => [subject, to]));
  const seconds = measureCpu(
    all.filter(({ name }) => names.has(name)),
    runs,
  );
  const measured = COMPARED.map(({ subject, to }) => ({ subject, to, ratio: ratioOf(seconds, subject, to) }));
  if (isWritten) writeFileSync(RATIOS, `${JSON.stringify(measured, undefined, 2)}\n`);
  const { lines, exceeded } = compareRatios(JSON.parse(readFileSync(RATIOS, "utf8")), measured);
  if (exceeded > 0) throw new BenchError(`CPU time has grown:\n${lines.join("\n")}`);
  return lines.join("\n");
}

/** One line for each expected ratio. @throws BenchError if one was not measured */
export function compareRatios(
  expected: readonly ExpectedRatio[],
  measured: readonly ExpectedRatio[],
): { readonly lines: readonly string[]; readonly exceeded: number } {
  let exceeded = 0;
  const lines = expected.map(({ subject, to, ratio }) => {
    const found = measured.find((one) => one.subject === subject && one.to === to);
    if (found === undefined) throw new BenchError(`${subject} was not measured against ${to}`);
    const isExceeded = found.ratio > ratio * MARGIN;
    if (isExceeded) exceeded += 1;
    const outcome = isExceeded ? "exceeded" : "ok";
    return `${outcome}: ${subject}, against ${to}: ${found.ratio.toFixed(2)} × (expected ${ratio.toFixed(2)} ×, at most ${(ratio * MARGIN).toFixed(2)} ×)`;
  });
  return { lines, exceeded };
}

function floorOf(form: "docker-archive" | "gzip layout"): string {
  return subjectName("floor", IMAGE, form);
}

/** CPU seconds of each run, by the subjects' names; the subjects take turns. */
function measureCpu(subjects: readonly Subject[], runs: number): ReadonlyMap<string, readonly number[]> {
  for (const subject of subjects) cpuOf(subject);
  const seen = new Map(subjects.map(({ name }): [string, number[]] => [name, []]));
  for (let round = 1; round <= runs; round++) {
    process.stderr.write(`bench: round ${round} of ${runs}\n`);
    for (const subject of subjects) seen.get(subject.name)?.push(cpuOf(subject));
  }
  return seen;
}

/** Median of the rounds' ratios. */
function ratioOf(seconds: ReadonlyMap<string, readonly number[]>, subject: string, to: string): number {
  const base = seconds.get(to) ?? [];
  const ratios = (seconds.get(subject) ?? []).map((value, round) => value / (base[round] ?? Number.NaN));
  return Number(statisticsOf(ratios).median.toFixed(3));
}

/** bash tells milliseconds; time(1) hundredths of a second, a third of Node's own start. */
function cpuOf(subject: Subject): number {
  subject.prepare?.();
  const { name, command, env, exits } = subject;
  const { status, stderr, error } = spawnSync(
    "bash",
    ["-c", 'TIMEFORMAT="%3U %3S"; time "$@"', "bash", ...command],
    { env: { ...process.env, LC_ALL: "C", ...env }, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  if (error !== undefined) throw new BenchError(`bash could not start: ${error.message}`);
  if (status === null || !exits.includes(status))
    throw new BenchError(`${name} ended with ${status}:\n${stderr}`);
  const [user = Number.NaN, system = Number.NaN] =
    stderr.trimEnd().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return user + system;
}
