import { posix } from "node:path";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { deniedReads, deniedWrites } from "../../observations/denied-writes.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/**
 * Outcome if a page got 200 on both roots, always the same page on each root, but different between them: the
 * page may report that nothing was saved. Undefined if there is no such page, or if nothing is written on the
 * writable root that is refused on the read-only one.
 *
 * @param written path that the application wrote on the root
 * @param runs runs on the read-only root, in which writes may have been refused
 */
export function whenOtherPage(
  { trial }: { readonly trial: TrialFacts },
  written: string | undefined,
  runs: readonly PhaseRun[],
): Unproven | undefined {
  const [readOnly, writable] = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  if (!worked(readOnly) || !worked(writable)) return undefined;
  const place = written ?? refusedHere(trial, runs, writable);
  if (place === undefined) return undefined;
  const other = stablePages(writable);
  const [page] = [...stablePages(readOnly)].filter(([place, { body }]) => {
    const like = other.get(place);
    return like !== undefined && like.body !== body;
  });
  if (page === undefined) return undefined;
  const [, { port, path }] = page;
  const asked = `GET :${port}${excerpt(path)}`;
  return {
    status: "unproven",
    // The rows are in doubt despite a read-only root in the manifest, since the page may fail because of it.
    doubtful: true,
    reason: {
      fr: `non observé : ${asked} ne dit pas la même chose sur une racine en lecture seule que quand elle est inscriptible (${excerpt(place)}), avec le même code`,
      en: `not observed: ${asked} does not say on a read-only root what it says when it can be written (${excerpt(place)}), with the same status`,
    },
    settle: {
      fr: "Monter un volume emptyDir là où elle écrit, et refaire l'essai.",
      en: "Mount an emptyDir volume where it writes, and repeat the trial.",
    },
  };
}

/**
 * Path of a write that only the read-only root refuses. In a directory of another user, both refuse it, and the
 * names of such files change with each start.
 */
function refusedHere(trial: TrialFacts, runs: readonly PhaseRun[], writable: PhaseRun): string | undefined {
  const denied = [...deniedWrites(writable, trial).map(({ path }) => path), ...deniedReads(writable)];
  const anyway = new Set(denied.map((path) => posix.dirname(path)));
  const refused = runs.flatMap((run) => deniedWrites(run, trial)).map(({ path }) => path);
  return refused.find((path) => !anyway.has(posix.dirname(path)));
}

/** Pages with a successful answer that was the same when the request was repeated. */
function stablePages({ observations }: PhaseRun): ReadonlyMap<string, Observed<"http">> {
  const same = new Set(observed(observations, "repeated").flatMap((one) => (one.same ? [placeOf(one)] : [])));
  const good = observed(observations, "http").filter(
    ({ status = 0, body, why }) => status >= 200 && status < 300 && body !== undefined && why !== "random",
  );
  return new Map(good.filter((one) => same.has(placeOf(one))).map((one) => [placeOf(one), one]));
}

type Place = Pick<Observed<"repeated">, "port" | "path" | "host" | "sentHost">;

function placeOf({ port, path, host, sentHost }: Place): string {
  return `${host ?? ""} ${port} ${sentHost ?? ""} ${path}`;
}
