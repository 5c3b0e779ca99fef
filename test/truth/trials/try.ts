import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Answer } from "../../../src/contract/verdict.ts";
import { type Application, TRIED_ROWS, type TriedRow } from "./application.ts";
import { writeGiven } from "./given.ts";
import { imageOfRecipe } from "./images/image.ts";

const DOUANE = join(import.meta.dirname, "..", "..", "..", "bin", "douane.cjs");

/** douane's answer to one row. */
interface Told {
  readonly answer: Answer;
  /** Findings, proofs and reasons, in English. */
  readonly texts: readonly string[];
}

/** douane's answers about an application, and the time taken. */
export interface Tried {
  readonly application: Application;
  /** Answers by row; empty without a verdict. */
  readonly rows: ReadonlyMap<TriedRow, Told>;
  readonly seconds: number;
  readonly problems: string;
}

interface JsonText {
  readonly en: string;
}
interface JsonRow {
  readonly id: string;
  readonly answer: Answer;
  readonly findings?: readonly { readonly message: JsonText }[];
  readonly proofs?: readonly { readonly message: JsonText }[];
  readonly doubts?: readonly { readonly reason: JsonText }[];
}
interface JsonReport {
  readonly verdicts: readonly { readonly rows: readonly JsonRow[] }[];
}

/** Runs `douane trial`, the built command. */
export async function tryApplication(application: Application): Promise<Tried> {
  const { layout } = await imageOfRecipe(application.name, application.recipe);
  const folder = mkdtempSync(join(tmpdir(), "douane-trials-"));
  try {
    const words = await writeGiven(application, layout, join(folder, "given"));
    const began = Date.now();
    const child = spawn(process.execPath, [DOUANE, ...words, "--format", "json", "--lang", "en"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const seconds = (Date.now() - began) / 1000;
    return { application, rows: rowsOf(stdout), seconds, problems: problems.trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(stdout: string): ReadonlyMap<TriedRow, Told> {
  if (!stdout.startsWith("{")) return new Map();
  const rows = (JSON.parse(stdout) as JsonReport).verdicts[0]?.rows ?? [];
  return new Map(
    TRIED_ROWS.flatMap((id) => {
      const row = rows.find((one) => one.id === id);
      return row === undefined ? [] : [[id, { answer: row.answer, texts: textsOf(row) }]];
    }),
  );
}

function textsOf({ findings = [], proofs = [], doubts = [] }: JsonRow): readonly string[] {
  return [
    ...findings.map(({ message }) => message.en),
    ...proofs.map(({ message }) => message.en),
    ...doubts.map(({ reason }) => reason.en),
  ];
}
