import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { loadedEntries } from "../src/cli/command-line/leaves.ts";
import { COMMANDS } from "../src/cli/commands.ts";
import { douane, type Ended } from "./fixtures/douane.ts";
import {
  type FaultCase,
  type Invocation,
  WRITING,
  WRITING_NOTHING,
  WRITING_TESTED_ELSEWHERE,
} from "./fixtures/fault-cases.ts";
import { CODES, type Fault, type Operation, withFault } from "./fixtures/file-faults.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

const leaves = (await loadedEntries(COMMANDS)).filter(({ command }) => !("subcommands" in command));

test("every command is in a list of this test", () => {
  const known = [
    ...Object.keys(WRITING_NOTHING),
    ...Object.keys(WRITING_TESTED_ELSEWHERE),
    ...WRITING.map(({ command }) => command),
  ];
  expect([...new Set(known)].toSorted()).toEqual(leaves.map(({ path }) => path).toSorted());
});

test.each(Object.entries(WRITING_TESTED_ELSEWHERE))("%s is tested in %s", (_, file) => {
  expect(existsSync(join(import.meta.dirname, "..", file))).toBe(true);
});

test.each(Object.entries(WRITING_NOTHING))("%s writes nothing", async (_, prepare) => {
  const folder = temporaryDirectory();
  const prepared = await prepare(folder);
  const invocation = "argv" in prepared ? prepared : { argv: prepared };
  const { result, operations } = await runIn(folder, invocation);
  expect(operations).toEqual([]);
  expect([0, 1, 2].includes(result.exit) ? "" : result.stderr).toBe("");
});

/** Runs a command in a folder whose home, temporary folder and data are in it, too. */
async function runIn(folder: string, { argv, env = {}, now }: Invocation, fault?: Fault) {
  const before = process.env["TMPDIR"];
  for (const name of ["tmp", "home"]) mkdirSync(join(folder, name), { recursive: true });
  process.env["TMPDIR"] = join(folder, "tmp");
  try {
    return await withFault(folder, fault, () =>
      douane(argv, {
        cwd: join(folder, "work"),
        env: { HOME: join(folder, "home"), DOUANE_DATA: join(folder, "data"), ...env },
        ...(now === undefined ? {} : { now: () => now }),
      }),
    );
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}

/** Regular files below a folder with their contents, by path. */
function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const files = names.filter((path) => lstatSync(path).isFile());
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path)]));
}

/** Paths that a run makes and a folder lacks; not those named by digests of keys and times. */
function missingIn(folder: string, after: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...after.keys()].filter((path) => shapeOf(path) === path && !existsSync(join(folder, path)));
}

const FRENCH = ["--lang", "fr"];

/** A path whose digests, which depend on keys and times, are replaced. */
function shapeOf(path: string): string {
  return path.replace(/\b[0-9a-f]{64}\b/g, "DIGEST");
}

/** Whether a file is complete: as before, as after a run without a fault, or by its own form. */
function isWhole(path: string, bytes: Buffer, known: readonly ReadonlyMap<string, Buffer>[]): boolean {
  if (known.some((files) => files.get(path)?.equals(bytes) === true)) return true;
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (path.includes(digest)) return true;
  const text = bytes.toString();
  if (/^-----BEGIN ([A-Z ]+)-----\n[\s\S]+\n-----END \1-----\n$/.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Faults of a run: each operation fails with each of its errors, or with one of them in turn, where many
 * operations are alike.
 */
function faultsOf(operations: readonly Operation[], inTurn: boolean): readonly Fault[] {
  const turns = new Map<string, number>();
  return operations.flatMap(({ call }, at) => {
    const codes = CODES[call];
    if (!inTurn) return codes.map((code) => ({ at, code }));
    const turn = turns.get(call) ?? 0;
    turns.set(call, turn + 1);
    return [{ at, code: codes[turn % codes.length] ?? codes[0] }];
  });
}

/** What a run under a fault left and said that it should not. */
function complaintsOf(
  { exit, stdout, stderr }: Ended,
  { code }: Fault,
  clean: Ended,
  mayEnd: boolean,
): readonly string[] {
  const said = `${stdout}\n${stderr}`;
  const complaints: string[] = [];
  if (exit !== 69 && !(mayEnd && exit === clean.exit)) complaints.push(`exit ${exit}`);
  if (/^ +at .+:\d+:\d+\)?$/m.test(said)) complaints.push("a stack trace");
  if (/defect of douane|défaut de douane/.test(said)) complaints.push("a defect");
  if (exit === 69 && !stderr.includes(code)) complaints.push(`no ${code}`);
  if (exit === 69 && !/Choose|Free|Raise|Check|Choisir|Libérer|Relever|Vérifier/.test(stderr))
    complaints.push("no remedy");
  if (exit === 69 && !/\/|"[\w.-]+"/.test(stderr)) complaints.push("no path");
  return complaints;
}

describe.each(WRITING)("$command ($name)", ({ prepare, optional, inTurn = false, each = 1 }: FaultCase) => {
  test("survives each error of each write", async () => {
    const template = temporaryDirectory();
    mkdirSync(join(template, "work"));
    const invocation = await prepare(template);
    const before = filesBelow(template);
    const fresh = () => {
      const folder = temporaryDirectory();
      cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
      return folder;
    };
    const [whole, french] = [fresh(), fresh()];
    const clean = await runIn(whole, invocation);
    await runIn(french, { ...invocation, argv: [...invocation.argv, ...FRENCH] });
    const after = filesBelow(whole);
    const known = [before, after, filesBelow(french)];
    expect([clean.operations.length > 0, [0, 1, 2].includes(clean.result.exit)]).toEqual([true, true]);
    const shapes = new Set([...before.keys(), ...after.keys()].map(shapeOf));
    const found: string[] = [];
    const faults = faultsOf(clean.operations, inTurn).filter((_, number) => number % each === 0);
    for (const [number, fault] of faults.entries()) {
      const folder = fresh();
      const language = number % 2 === 0 ? [] : FRENCH;
      const { result, operations } = await runIn(
        folder,
        { ...invocation, argv: [...invocation.argv, ...language] },
        fault,
      );
      const operation = operations[fault.at];
      const place = relative(folder, operation?.path ?? "");
      const about = `${fault.code} at ${operation?.call} ${place}`;
      // A run that succeeds under a fault has lost nothing, or nothing on which its result depends.
      const lost = missingIn(folder, after).filter((path) => optional?.test(path) !== true);
      const mayEnd = lost.length === 0;
      for (const complaint of complaintsOf(result, fault, clean.result, mayEnd))
        found.push(`${about}: ${complaint}: ${result.stderr}`);
      for (const [path, bytes] of filesBelow(folder)) {
        if (!shapes.has(shapeOf(path))) found.push(`${about}: leaves ${path}`);
        else if (!isWhole(path, bytes, known)) found.push(`${about}: half of ${path}`);
      }
      const again = await runIn(folder, invocation);
      if (again.result.exit !== clean.result.exit)
        found.push(`${about}: then ${again.result.exit}: ${again.result.stderr}`);
      const missing = missingIn(folder, after).filter((path) => optional?.test(path) !== true);
      if (missing.length > 0) found.push(`${about}: then without ${missing.join(", ")}`);
    }
    expect(found).toEqual([]);
  });
});
