import type { RowId } from "../../../src/contract/rows.ts";
import type { JudgedFinding, Verdict } from "../../../src/contract/verdict.ts";
import { judgeCase } from "../judge-case.ts";
import { imageOfLayers } from "../trials/images/image.ts";
import { MATERIAL, type Material } from "./material.ts";
import { REVIEWED, type Reviewed } from "./reviewed.ts";

/** Rows that an image's content alone may refute. */
const ROWS: readonly RowId[] = ["no-baked-state", "env-config", "twelve-factor"];

/**
 * Judges the material (all, or the named parts) and prints each `no` that no second reader has read, and each
 * reviewed one that is not found any more. @returns whether there is none
 */
export async function askMaterial(names: readonly string[]): Promise<boolean> {
  const chosen = names.length === 0 ? MATERIAL : names.map(materialOf);
  let isRight = true;
  for (const material of chosen) {
    const lines = await linesOf(material);
    isRight &&= lines.every((line) => line.startsWith("  read"));
    console.log([`${material.name}: ${lines.length === 0 ? "no finding" : ""}`, ...lines].join("\n"));
  }
  return isRight;
}

function materialOf(name: string): Material {
  const found = MATERIAL.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no such material: ${name}`);
  return found;
}

async function linesOf(material: Material): Promise<readonly string[]> {
  const read = REVIEWED.filter((one) => one.material === material.name);
  const verdicts = await judged(material);
  if (typeof verdicts === "string") return [`  not made: ${verdicts}`];
  if (verdicts.length === 0) return ["  no verdict"];
  const findings = new Map(verdicts.flatMap(findingsOf).map((finding) => [finding.fingerprint, finding]));
  return [
    ...[...findings.values()].map((finding) => lineOf(finding, read)),
    ...read
      .filter(({ fingerprint }) => !findings.has(fingerprint))
      .map(({ fingerprint }) => `  gone: ${fingerprint}`),
  ];
}

/** Material that is unavailable here is reported, and is no success. */
async function judged(material: Material): Promise<readonly Verdict[] | string> {
  try {
    const { layout } = await imageOfLayers(`material-${material.name}`, [material.make()], {
      base: "host",
      user: "1000",
      command: ["/app/server"],
      ports: [],
      directory: "/app",
    });
    return (await judgeCase({ operands: [layout] })).verdicts;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function findingsOf({ rows }: Verdict): readonly JudgedFinding[] {
  return rows.filter(({ id }) => ROWS.includes(id)).flatMap(({ findings }) => findings);
}

function lineOf({ fingerprint, message, remedy }: JudgedFinding, read: readonly Reviewed[]): string {
  const known = read.find((one) => one.fingerprint === fingerprint);
  if (known !== undefined) return `  read: ${message.en} (${known.removable})`;
  return `  NOT READ: ${message.en}\n    ${fingerprint}\n    ${remedy.en}`;
}
