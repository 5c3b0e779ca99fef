import { setTimeout as sleep } from "node:timers/promises";
import type { RepeatedEvent } from "../../contract/repeated-event.ts";
import type { HttpEvent, ProbeEvent } from "../../contract/trial-events.ts";
import type { HttpTarget, ProbePlan } from "../plan/plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { type Exchange, repeatExchange } from "./exchanges.ts";
import type { PhaseParticipant } from "./phase-participant.ts";
import type { PodContainer } from "./pod.ts";
import { tryProbe } from "./probe/declared.ts";
import { getHttp, PROBE } from "./probe/http.ts";
import { ownHeaders } from "./probe/own-headers.ts";

/**
 * Time for which errors of a server are considered temporary, since some servers answer before they are
 * ready; and interval of requests.
 */
const [PATIENCE_MS, PERIOD_MS] = [2_000, 200];
const TIMEOUT_MS = 1_000;
/**
 * Milliseconds after which a missing answer is final: a page that is built at its first request takes seconds
 * on a busy machine.
 */
const SILENCE_MS = 8_000;
/**
 * Maximum number of failed requests that are repeated; if a server fails everywhere, a few repetitions show the same.
 */
const MOST = 6;

/**
 * Repeats, for a while, requests that got a server error or no answer, so that answers of two runs can be
 * compared: none may come from an unfinished start. Records improved answers.
 */
export async function repeatRequests(
  { podContainer, container }: ContainerRun,
  answers: readonly (HttpEvent | ProbeEvent)[],
): Promise<void> {
  const { log } = podContainer;
  const until = performance.now() + PATIENCE_MS;
  let failing = answers
    .filter((answer) => answer.kind === "http")
    .filter(hasFailed)
    .slice(0, MOST);
  while (failing.length > 0 && performance.now() < until && container.end() === undefined) {
    await sleep(PERIOD_MS);
    const again = await Promise.all(failing.map((answer) => ask(podContainer, answer)));
    for (const answer of again) if (!hasFailed(answer)) log.observe(answer);
    failing = again.filter(hasFailed);
  }
  const silent = failing.filter(({ error }) => error === "timeout");
  if (container.end() !== undefined) return;
  const last = await Promise.all(silent.map((answer) => ask(podContainer, answer, SILENCE_MS)));
  for (const answer of last) if (!hasFailed(answer)) log.observe(answer);
}

/** LOG_MS: time in which a logger writes. LOOK_MS: interval between looks at the output. */
const [LOG_MS, LOOK_MS] = [150, 10];

/**
 * Maximum number of rounds of repeated requests. Output must grow in each round to count as caused by
 * requests: output of a timer follows one round by chance, but rarely all.
 */
const ROUNDS = 3;

/**
 * Repeats the answered requests after the start, so that writes that they cause can be attributed to them.
 * More rounds follow while output of a container of the pod grows without naming a request. Of each container,
 * the last of the rounds in which it grew, or the first in which it did not, decides.
 */
export async function repeatOnceMore(
  run: ContainerRun,
  { answers, exchanges }: Pick<Asked, "answers" | "exchanges">,
  participant: PhaseParticipant,
): Promise<void> {
  const answered = answers
    .filter((answer) => answer.kind === "http")
    .filter(isRepeated)
    .toSorted((a, b) => FIRST.indexOf(b.why) - FIRST.indexOf(a.why));
  // A page of a random path is like no other text of the output.
  const names = answered.filter(({ why }) => why === "random").map(({ path }) => path);
  let isGrowing = true;
  for (let round = 1; ; round += 1) {
    const asked = { answers, answered, exchanges, isWatched: isGrowing };
    const { hasGrown, events } = await repeatAll(run, asked, participant);
    if (round === 1) for (const event of events) run.podContainer.log.observe(event);
    isGrowing &&= hasGrown;
    if (round === ROUNDS) return;
    const isMore = await participant.inStep(isGrowing && !isNamed(run.container, names));
    if (!isMore || run.container.end() !== undefined) return;
  }
}

function isNamed({ outputs }: ContainerRun["container"], names: readonly string[]): boolean {
  const texts = outputs.map((output) => output.sample().sample);
  return names.some((name) => texts.some((text) => text.includes(name)));
}

interface Asked {
  readonly answers: readonly (HttpEvent | ProbeEvent)[];
  /** Answers that are repeated, in their order. */
  readonly answered: readonly HttpEvent[];
  readonly exchanges: readonly Exchange[];
  /** Whether output is watched; otherwise the requests are for the pod's other containers only. */
  readonly isWatched: boolean;
}

async function repeatAll(
  { podContainer, container }: ContainerRun,
  { answers, answered, exchanges, isWatched }: Asked,
  participant: PhaseParticipant,
): Promise<{ readonly hasGrown: boolean; readonly events: readonly RepeatedEvent[] }> {
  const { plan } = podContainer;
  const events: RepeatedEvent[] = [];
  const outputs = isWatched ? container.outputs : [];
  const grew = outputs.map((output) => output.asks());
  await participant.inStep();
  const worked = answers.some((answer) => answer.kind === "probe" && answer.ok);
  const probes = worked ? plan.stimuli.probes.filter(({ does }) => !("http" in does)) : [];
  await Promise.all([
    ...answered.slice(0, MOST).map(async (answer) => {
      const again = await ask(podContainer, answer);
      // The page of a random path is not compared with a page of another run.
      if (again.status !== undefined && answer.why !== "random") events.push(repeated(answer, again));
    }),
    ...probes.slice(0, MOST).map((probe) => tryProbe(probe, container)),
    ...exchanges.slice(0, MOST).map((exchange) => repeatExchange(exchange)),
  ]);
  await participant.inStep();
  const until = performance.now() + LOG_MS;
  const isGrown = (): boolean => grew.some((one) => one());
  while (outputs.length > 0 && !isGrown() && performance.now() < until) await sleep(LOOK_MS);
  for (const output of outputs) output.asked();
  return { hasGrown: isGrown(), events };
}

function repeated(first: HttpEvent, again: HttpEvent): RepeatedEvent {
  const { port, path, host, sentHost, status, body } = first;
  const at = {
    port,
    path,
    ...(host === undefined ? {} : { host }),
    ...(sentHost === undefined ? {} : { sentHost }),
  };
  return { kind: "repeated", ...at, same: again.status === status && again.body === body };
}

async function ask(
  { plan }: PodContainer,
  { kind, why, port, path, scheme, host }: HttpEvent,
  timeoutMs = TIMEOUT_MS,
): Promise<HttpEvent> {
  const probe = plan.stimuli.probes.flatMap((one) => isOf(one, why, path)).at(0);
  const { headers } = probe ?? { headers: ownHeaders(plan.stimuli, port) };
  const target = { port, path, scheme, headers, ...(host === undefined ? {} : { host }) };
  return { kind, why, ...(await getHttp(target, timeoutMs, probe === undefined ? undefined : PROBE)) };
}

/**
 * Whether the target is that of the HTTP probe that sent a request; in settings, several probes may have the
 * same purpose.
 */
function isOf({ why, does }: ProbePlan, asked: HttpEvent["why"], path: string): readonly HttpTarget[] {
  return why === asked && "http" in does && does.http.path === path ? [does.http] : [];
}

/** Requests with priority: requests of the user, which represent the application's work. */
const FIRST: readonly HttpEvent["why"][] = ["home", "warm-up"];

/**
 * Whether a request is repeated: a request with an HTTP answer, or a request of the user with any other
 * answer.
 */
function isRepeated({ status, why, error }: HttpEvent): boolean {
  return status !== undefined || (why === "warm-up" && error !== "timeout" && error !== "ECONNREFUSED");
}

/** Whether a request failed temporarily; other failures mean that the port does not use HTTP. */
function hasFailed({ status, error, redirected }: HttpEvent): boolean {
  if (redirected !== undefined) return redirected.status === undefined || redirected.status >= 500;
  return status === undefined ? error === "timeout" || error === "ECONNREFUSED" : status >= 500;
}
