// Makes the pictures of every report in docs/screenshots: npm run screenshots. They are looked at, not compared.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { buildExample } from "../examples/build.ts";
import { openBrowser } from "../test/fixtures/browser.ts";
import { gitopsRepository } from "../test/fixtures/gitops-repository.ts";
import { shownReport } from "../test/fixtures/shown-reports.ts";
import { terminalPage } from "./screenshots/terminal-page.ts";

const ROOT = join(import.meta.dirname, "..");
const FOLDER = join(ROOT, "docs", "screenshots");
const BYTES = 1_500_000;
const EPOCH = { SOURCE_DATE_EPOCH: "1781524800" };

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: "dark" | "light";
  /** Element that the page is scrolled to. */
  readonly at?: string;
  readonly page: string;
}

buildExample("portal");
const repository = mkdtempSync(join(tmpdir(), "douane-screenshots-"));
for (const [path, text] of gitopsRepository()) {
  const file = join(repository, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

const browser = await openBrowser();
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const shot of shots()) await take(browser, shot);
} finally {
  await browser.close();
  rmSync(repository, { recursive: true });
}
const size = readdirSync(FOLDER).reduce((bytes, file) => bytes + statSync(join(FOLDER, file)).size, 0);
console.log(`${Math.round(size / 1_000)} kB in ${FOLDER}`);
if (size > BYTES) throw new Error(`more than ${BYTES} bytes`);

function* shots(): Generator<Shot> {
  const image = ["check", "oci:examples/portal/image:latest"];
  const many = ["check", "apps", "--no-images"];
  for (const lang of ["fr", "en"] as const) {
    yield {
      name: `html-many.${lang}`,
      width: 1280,
      height: 1000,
      page: douane([...many, "--format", "html"], lang, repository),
    };
    yield {
      name: `html-one.${lang}`,
      width: 1280,
      height: 900,
      scheme: "dark",
      page: douane([...image, "--format", "html"], lang),
    };
    yield {
      name: `terminal-one.${lang}`,
      width: 780,
      height: 200,
      page: terminalPage(douane([...image], lang), lang),
    };
    yield {
      name: `terminal-many.${lang}`,
      width: 780,
      height: 200,
      page: terminalPage(douane([...many], lang, repository), lang),
    };
  }
  const table = douane([...many, "--format", "html"], "fr", repository);
  yield { name: "html-table.fr", width: 1920, height: 900, at: "#applications", page: table };
  yield { name: "html-phone.fr", width: 390, height: 844, page: table };
  yield { name: "html-trial.en", width: 1280, height: 760, at: ".trial", page: shownReport("one", "en") };
}

/** Output of the bundled command. */
function douane(argv: readonly string[], lang: "fr" | "en", cwd = ROOT): string {
  const bin = join(ROOT, "bin", "douane.cjs");
  const { stdout, stderr } = spawnSync(process.execPath, [bin, ...argv, "--lang", lang], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...EPOCH, COLUMNS: "96", FORCE_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === "") throw new Error(stderr);
  return stdout;
}

async function take(
  on: Browser,
  { name, width, height, scheme = "light", at, page: text }: Shot,
): Promise<void> {
  const context = await on.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const file = join(repository, "page.html");
  writeFileSync(file, text);
  await page.goto(`file://${file}`);
  if (at !== undefined) await page.evaluate(`document.querySelector(${JSON.stringify(at)}).scrollIntoView()`);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: name.startsWith("terminal") });
  await context.close();
  // 256 colours are enough for text: a third of the bytes.
  const { status, error } = spawnSync("pngquant", [
    "--force",
    "--skip-if-larger",
    "--ext",
    ".png",
    "--speed",
    "1",
    path,
  ]);
  if (error !== undefined || (status !== 0 && status !== 98)) throw error ?? new Error(`pngquant: ${status}`);
}
