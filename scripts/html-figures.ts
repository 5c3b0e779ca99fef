// Size of the HTML report of 300 workloads, and the time that Chromium takes to open and to print it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "../test/fixtures/browser.ts";
import { douane } from "../test/fixtures/douane.ts";
import { bareDeployments, yaml } from "../test/fixtures/manifests.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-figures-"));
writeFileSync(join(folder, "deploy.yaml"), yaml(...bareDeployments(300)));
const argv = ["check", "deploy.yaml", "--no-images", "--format", "html=report.html", "--lang", "fr"];
await douane(argv, { cwd: folder });
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`file://${join(folder, "report.html")}`);
  await page.reload();
  // Time until the page is displayed and its script has run.
  const opened = await page.evaluate(`performance.getEntriesByType("navigation")[0].loadEventEnd`);
  const bytes = await page.evaluate(`performance.getEntriesByType("navigation")[0].decodedBodySize`);
  const begin = performance.now();
  await page.pdf({ format: "A4" });
  const printed = performance.now() - begin;
  console.log(
    `300 workloads: ${(Number(bytes) / 1e6).toFixed(2)} MB, opened in ${(Number(opened) / 1e3).toFixed(2)} s, printed in ${(printed / 1e3).toFixed(1)} s`,
  );
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
