import { expect, test } from "vitest";
import {
  exits,
  http,
  said,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";

const SAVED = { status: 200, body: "aaaaaaaaaaaaaaaa" };
const REFUSED = { status: 200, body: "bbbbbbbbbbbbbbbb" };
const SAME = { kind: "repeated", port: 8080, path: "/", same: true } as const;
const OTHER = { ...SAME, same: false } as const;
const WRITES = write("/app/data.db");
const READ_ONLY = said('msg="not kept" err="open /app/data.1: read-only file system"\n');

/** A server whose `/` is answered, and answered again, on either root. */
function pages(readOnly: readonly TrialEvent[], writable: readonly TrialEvent[]): TrialSketch {
  const run = (more: readonly TrialEvent[]): readonly TrialEvent[] => server({ more, without: ["http"] });
  return { "read-only": run(readOnly), writable: run(writable) };
}

function home(answer: Partial<ReturnType<typeof http>>, again?: TrialEvent): readonly TrialEvent[] {
  return [http("/", "home", answer), ...(again === undefined ? [] : [again])];
}

test.each([
  ["another page on either root", pages(home(REFUSED, SAME), [...home(SAVED, SAME), WRITES]), "unproven"],
  ["the same page", pages(home(SAVED, SAME), [...home(SAVED, SAME), WRITES]), "pass"],
  ["a page with the time in it", pages(home(REFUSED, OTHER), [...home(SAVED, OTHER), WRITES]), "pass"],
  ["one that changes on one root", pages(home(REFUSED, SAME), [...home(SAVED, OTHER), WRITES]), "pass"],
  ["a trial that asked once", pages(home(REFUSED), [...home(SAVED), WRITES]), "pass"],
  ["another page, and nothing is written", pages(home(REFUSED, SAME), home(SAVED, SAME)), "pass"],
  [
    "another page, and a write that the read-only root alone refuses",
    pages([...home(REFUSED, SAME), READ_ONLY], home(SAVED, SAME)),
    "unproven",
  ],
  [
    "the same, while the writable one refuses one elsewhere",
    pages(
      [...home(REFUSED, SAME), READ_ONLY],
      [...home(SAVED, SAME), said('err="open /srv/x/data.2: permission denied"\n')],
    ),
    "unproven",
  ],
  [
    "another page, and a write to a directory of another user, which both roots refuse",
    pages(
      [...home(REFUSED, SAME), READ_ONLY],
      [...home(SAVED, SAME), said('msg="not kept" err="open /app/data.2: permission denied"\n')],
    ),
    "pass",
  ],
  [
    "the same, said as a write",
    pages(
      [...home(REFUSED, SAME), READ_ONLY],
      [...home(SAVED, SAME), said("cannot write: open /app/data.2: permission denied\n")],
    ),
    "pass",
  ],
  [
    "an error that says something else",
    pages(home({ ...REFUSED, status: 404 }, SAME), [...home({ ...SAVED, status: 404 }, SAME), WRITES]),
    "pass",
  ],
  [
    "another port's page",
    pages(home(REFUSED, SAME), [http("/", "home", { ...SAVED, port: 9090 }), SAME, WRITES]),
    "pass",
  ],
  [
    "the page of the path that nobody has",
    pages(
      [http("/x", "random", REFUSED), { ...SAME, path: "/x" }],
      [http("/x", "random", SAVED), { ...SAME, path: "/x" }, WRITES],
    ),
    "pass",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: %j → %s", (_, sketch, status) => {
  const workload = workloadFacts({
    containers: [{ name: "web", securityContext: { readOnlyRootFilesystem: true } }],
  });
  const [placement] = placements(workload);
  const given = { workload, ...(placement === undefined ? {} : { placement }) };
  const outcome = trialReadOnlyRoot.check({ trial: trialFacts(sketch), ...given });
  expect(outcome.status).toBe(status);
  if (outcome.status !== "unproven") return;
  expect(outcome.doubtful).toBe(true);
  expect(outcome.reason.en).toContain("GET :8080/ does not say on a read-only root what it says");
  expect(outcome.reason.en).toContain("(/app");
  const down = trialReadOnlyRoot.check({ trial: trialFacts({ ...sketch, writable: exits(1) }), ...given });
  expect(JSON.stringify(down)).not.toContain("does not say");
});
