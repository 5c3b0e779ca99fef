import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Application } from "./application.ts";
import { APPLICATIONS } from "./applications.ts";
import { observeApplication } from "./by-hand/observe-application.ts";
import { differences } from "./differences.ts";
import { truthDirectory } from "./images/cache.ts";
import { type Result, recordResults, trialsTable } from "./results.ts";
import { type Tried, tryApplication } from "./try.ts";

/**
 * Tries the applications (all, or those named) and prints the differences between douane and the manual
 * observations. With --observe, makes the manual observations instead. @returns whether no answer is wrong
 */
export async function askTrials(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { observe: { type: "boolean" }, write: { type: "boolean" } },
  });
  const chosen = positionals.map(applicationOf);
  const applications = chosen.length === 0 ? APPLICATIONS : chosen;
  if (values.observe === true) return observeAll(applications);
  let isRight = true;
  const all: Tried[] = [];
  for (const application of applications) {
    const tried = await tryApplication(application);
    all.push(tried);
    const lines = differences(tried);
    isRight &&= lines.length === 0;
    console.log(
      `${application.name}: ${tried.seconds.toFixed(1)} s${lines.map((line) => `\n${line}`).join("")}`,
    );
  }
  console.log(`\n${trialsTable(all.map(resultOf))}`);
  if (values.write === true) recordResults(all.map(resultOf));
  return isRight;
}

function applicationOf(name: string): Application {
  const found = APPLICATIONS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no such application: ${name}`);
  return found;
}

async function observeAll(applications: readonly Application[]): Promise<boolean> {
  const folder = truthDirectory("observed");
  mkdirSync(folder, { recursive: true });
  for (const application of applications) {
    const file = join(folder, `${application.name}.json`);
    writeFileSync(file, JSON.stringify(await observeApplication(application), undefined, 1));
    console.log(file);
  }
  return true;
}

function resultOf({ application, rows }: Tried): Result {
  return {
    name: application.name,
    on: new Date().toISOString().slice(0, "2026-11-30".length),
    answers: Object.fromEntries([...rows].map(([row, { answer }]) => [row, answer])),
  };
}
