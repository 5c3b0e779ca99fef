import type { ContainerFacts, HttpGetFacts } from "../../contract/pod-facts.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";

const FIELDS = ["readinessProbe", "livenessProbe", "startupProbe"] as const;

/** A probe of the manifest whose path does not exist in the application. */
export interface RefusedPath {
  readonly field: (typeof FIELDS)[number];
  readonly answer: Observed<"http">;
}

/**
 * Probes of a manifest that the trial did not know, but whose exact path the trial requested and got refused
 * each time. Other parts of the probe's request may make a difference.
 */
export function refusedPaths(trial: TrialFacts, spec: ContainerFacts | undefined): readonly RefusedPath[] {
  const answers = (["read-only", "writable"] as const).flatMap((name) =>
    observed(phaseRun(trial, name).observations, "http").filter(({ host }) => host !== "loopback"),
  );
  return FIELDS.flatMap((field) => {
    const asks = spec?.[field]?.httpGet;
    const own =
      asks === undefined ? [] : answers.filter((answer) => isAsked(answer, asks, spec?.ports ?? []));
    const [first] = own;
    return first !== undefined && own.every(isRefused) ? [{ field, answer: first }] : [];
  });
}

/** Whether the answer is to a probe's exact request, whose other parts are the defaults. */
export function isAsked(
  answer: Observed<"http">,
  { path = "/", port, host, scheme = "HTTP", httpHeaders = [] }: HttpGetFacts,
  ports: NonNullable<ContainerFacts["ports"]>,
): boolean {
  const number = typeof port === "string" ? ports.find(({ name }) => name === port)?.containerPort : port;
  const isPlain = host === undefined && httpHeaders.length === 0 && answer.scheme === scheme.toLowerCase();
  return isPlain && answer.sentHost === undefined && answer.port === number && answer.path === path;
}

/** Whether the answer means that the path, or the method for this path, does not exist. */
function isRefused({ status }: Observed<"http">): boolean {
  return status !== undefined && REFUSED.has(status);
}

const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 406, 410]);
