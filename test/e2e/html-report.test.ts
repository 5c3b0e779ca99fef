import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barriers, openBrowser, overflow } from "../fixtures/browser.ts";
import { douane } from "../fixtures/douane.ts";
import { bareDeployments, yaml } from "../fixtures/manifests.ts";
import { type ShownReport, shownReport } from "../fixtures/shown-reports.ts";

const directory = mkdtempSync(join(tmpdir(), "douane-test-"));
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

/** A page showing the report, with its console messages, its requests, and a dialog if one opens. */
async function opened(text: string, options: BrowserContextOptions = {}) {
  const file = join(directory, "report.html");
  writeFileSync(file, text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => said.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => said.push(request.url()));
  await page.goto(`file://${file}`);
  return { page, context, said: () => said.filter((one) => one !== `file://${file}`) };
}

async function visibleRows(page: Page): Promise<readonly string[]> {
  return page.locator(".overview tbody tr:visible th").allInnerTexts();
}

describe("a report", () => {
  test.each<[ShownReport, "fr" | "en", number, "light" | "dark"]>([
    ["one", "fr", 390, "light"],
    ["few", "en", 1280, "dark"],
    ["many", "fr", 390, "dark"],
    ["many", "fr", 1280, "light"],
    ["many", "en", 1920, "dark"],
    ["crowd", "en", 1280, "light"],
  ])(
    "%s in %s at %i px, %s: fits, keeps nobody out, loads nothing",
    async (name, lang, width, colorScheme) => {
      const { page, context, said } = await opened(shownReport(name, lang), {
        viewport: { width, height: 900 },
        colorScheme,
      });
      expect(await overflow(page)).toBe(0);
      // A folded or off-screen part is not painted, so axe-core would skip it.
      await page.evaluate(
        `document.querySelectorAll("details").forEach((one) => { one.open = true; }); document.body.classList.remove("many")`,
      );
      expect(await barriers(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(said()).toEqual([]);
      await context.close();
    },
  );

  test.each(["fr", "en"] as const)("is no wider than its window, in %s", async (lang) => {
    const { page, context } = await opened(shownReport("many", lang));
    for (const width of [320, 390, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await overflow(page)]).toEqual([width, 0]);
    }
    await context.close();
  });

  test("without scripts everything is there, and no control that does nothing", async () => {
    const { page, context } = await opened(shownReport("many", "en"), { javaScriptEnabled: false });
    expect(await page.locator(".overview tbody tr").count()).toBe(12);
    expect(await page.locator("section.application").count()).toBe(12);
    expect(await page.locator("input:visible, button:visible").count()).toBe(0);
    await context.close();
  });
});

describe("the table", () => {
  test("sorts, by mouse and by keyboard", async () => {
    const { page, context } = await opened(shownReport("many", "en"));
    const before = await visibleRows(page);
    await page.getByRole("button", { name: "Application" }).click();
    const sorted = await visibleRows(page);
    expect(sorted).not.toEqual(before);
    expect(sorted.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))).toEqual(sorted);
    await page.getByRole("button", { name: "Application" }).focus();
    await page.keyboard.press("Enter");
    expect(await page.locator('th[aria-sort="descending"]').count()).toBe(1);
    expect((await visibleRows(page))[0]).toBe(sorted.at(-1));
    await context.close();
  });

  test("searches and filters, with the sections below it, and shows all again", async () => {
    const { page, context } = await opened(shownReport("many", "en"));
    await page.getByRole("searchbox").fill("cronjob EXPORT");
    expect(await visibleRows(page)).toEqual(["CronJob/export", "CronJob/export"]);
    expect(await page.locator("section.application:visible").count()).toBe(2);
    expect(await page.getByRole("status").innerText()).toBe("2 / 12");
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => visibleRows(page)).toHaveLength(12);
    await page.getByRole("checkbox", { name: "Refused" }).uncheck();
    expect(await page.locator(".overview tr.no:visible").count()).toBe(0);
    await page.getByRole("checkbox", { name: "Refused" }).check();
    await page.getByLabel("Environment").selectOption("prod");
    expect((await visibleRows(page)).length).toBeLessThan(12);
    await context.close();
  });

  test("a cause shows its applications; a link into what is filtered away shows all again", async () => {
    const { page, context } = await opened(shownReport("many", "en"));
    const link = page.locator("a[data-cause]").first();
    const count = Number(/\d+/.exec(await link.innerText())?.[0]);
    await link.click();
    expect(await visibleRows(page)).toHaveLength(count);
    const hidden = await page.locator("section.application[hidden] h2").first().getAttribute("id");
    await page.evaluate(`location.hash = "#${hidden}"`);
    await expect.poll(() => visibleRows(page)).toHaveLength(12);
    await context.close();
  });

  test("the keyboard reaches every control, the first of all the way to the content", async () => {
    const { page, context } = await opened(shownReport("few", "en"));
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    const reached = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      reached.add(
        String(await page.evaluate("document.activeElement.name || document.activeElement.localName")),
      );
    }
    expect([...reached]).toEqual(
      expect.arrayContaining(["search", "cause", "verdict", "button", "summary", "a"]),
    );
    await context.close();
  });
});

describe("on paper", () => {
  test("nothing is folded or lost, and it is no wider than the page", async () => {
    // A4 less its margins, at 96 dots an inch.
    const { page, context } = await opened(shownReport("many", "fr"), {
      viewport: { width: 703, height: 1000 },
    });
    await page.emulateMedia({ media: "print" });
    expect(await overflow(page)).toBe(0);
    expect(await page.locator(".overview th:visible").count()).toBe(5 + 12);
    expect(await page.locator("form.tools:visible").count()).toBe(0);
    const [shown, all] = [page.locator(".row .proof:visible"), page.locator(".row .proof")];
    expect(await shown.count()).toBe(await all.count());
    await context.close();
  });

  test("five applications take twelve pages at most", async () => {
    const { page, context } = await opened(await checked(5));
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0).toBeLessThanOrEqual(12);
    await context.close();
  });
});

test("300 refused workloads take 1.5 MB at most, and are all there", async () => {
  const text = await checked(300);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_500_000);
  const { page, context, said } = await opened(text);
  expect(await page.locator(".overview tbody tr").count()).toBe(300);
  expect(said()).toEqual([]);
  await context.close();
});

/** The report on workloads that set nothing the contract asks for. */
async function checked(count: number): Promise<string> {
  writeFileSync(join(directory, "deploy.yaml"), yaml(...bareDeployments(count)));
  const argv = ["check", "deploy.yaml", "--no-images", "--format", "html", "--lang", "fr"];
  return (await douane(argv, { cwd: directory })).stdout;
}
