import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { Session } from "../command-line/command.ts";
import { progressOn } from "../terminal/progress.ts";
import { trialView } from "./view.ts";

async function shown(changes: {
  readonly isTTY?: boolean;
  readonly quiet?: boolean;
  readonly containers?: readonly string[];
  readonly lacking?: readonly string[];
}): Promise<string> {
  let text = "";
  const { isTTY = false, quiet = false, containers = ["web"], lacking } = changes;
  const stderr = { isTTY, write: async (more: string) => void (text += more) };
  const session = { context: { stderr, env: {} }, lang: "fr", quiet } as unknown as Session;
  const view = trialView(session, progressOn(session), "Deployment/web \u001b[31m\nweb", containers, lacking);
  const { observations, phases } = trialFacts();
  const given = await view.during(async () => {
    for (const index of containers.keys()) {
      for (const observation of observations) view.watch(index, observation);
      for (const phase of phases) view.watch(index, phase);
    }
    return "done";
  });
  expect(given).toBe("done");
  return text;
}

test("off a terminal: one line for each phase, below the name", async () => {
  expect((await shown({})).split("\n")).toEqual([
    "Deployment/web \\u001b[31m\\nweb",
    "  racine en lecture seule     0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET /healthz 200 · tué",
    "  redémarrage après kill -9   0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET /healthz 200 · arrêté en 0,0 s (0)",
    "  racine inscriptible         0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET /healthz 200 · tué",
    "  seconde réplique            0,9 s  prêt en 0,0 s · 0.0.0.0:18080 · GET /healthz 200 · tué",
    "",
  ]);
});

test("of several containers each line names its own", async () => {
  const lines = (await shown({ containers: ["web", "logs-shipper"] })).split("\n");
  expect(lines[1]).toMatch(/^ {2}web {11}racine en lecture seule/);
  expect(lines[5]).toMatch(/^ {2}logs-shipper {2}racine en lecture seule/);
});

test("those that are not run are named first", async () => {
  const lines = (await shown({ lacking: ["proxy"] })).split("\n");
  expect(lines.slice(1, 3)).toEqual([
    "  proxy  pas lancé : voir l'erreur plus haut",
    "  web    racine en lecture seule     0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET /healthz 200 · tué",
  ]);
});

test("on a terminal also what goes on, which is gone afterwards", async () => {
  const text = await shown({ isTTY: true });
  expect(stripVTControlCharacters(text)).toContain("démarrage  0,0 s");
  expect(text).toContain("\r\u001b[2K  racine en lecture seule");
});

test("quiet says nothing", async () => {
  expect(await shown({ quiet: true, isTTY: true })).toBe("");
});
