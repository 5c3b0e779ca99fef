import { expect, test } from "vitest";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { Session } from "../command-line/command.ts";
import { CheckEvents } from "./events.ts";

test("pods that begin at the same time are shown by one view, each with its lines", async () => {
  let text = "";
  const stderr = { isTTY: false, write: async (more: string) => void (text += more) };
  const context = { stderr, env: {}, argv: [], signal: new AbortController().signal };
  const session = { context, lang: "en", quiet: false } as unknown as Session;
  const events = new CheckEvents(session, "en", undefined);
  const { observations, phases } = trialFacts();
  const pods = [1, 2];
  await Promise.all(
    pods.map((pod) =>
      events.tell({ kind: "trial-begins", pod, title: `pod-${pod}`, containers: ["web"], absent: [] }),
    ),
  );
  for (const seen of [...observations, ...phases]) {
    for (const pod of pods) await events.tell({ kind: "trial-shows", pod, container: 0, seen });
  }
  for (const pod of pods) await events.tell({ kind: "trial-ends", pod });
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(2 * (1 + phases.length));
  expect([lines[0], lines[1 + phases.length]]).toEqual(["pod-1", "pod-2"]);
});
