import { setTimeout as pause } from "node:timers/promises";
import { type NamespaceLabels, rowsOfNamespace } from "../../policy/enforced-rows.ts";
import type { KnownUser } from "../access/token-review.ts";
import { mutate } from "../admission/mutate.ts";
import { observationNotes } from "../admission/observation.ts";
import type { ReviewPorts, ReviewSettings } from "../admission/ports.ts";
import { review } from "../admission/review.ts";
import type { OwnCertificate } from "../authority/own-certificate.ts";
import { checkApi } from "../check/check-api.ts";
import { LETS_IN } from "../decision-kinds.ts";
import type { JudgePorts, JudgeSettings } from "../examine/judge.ts";
import { privateHosts } from "../examine/private-hosts.ts";
import { tagDigests } from "../examine/tag-digest.ts";
import type { ServerCertificate } from "../http/certificate.ts";
import type { PlainServer } from "../http/http-server.ts";
import { type Listen, startHttps } from "../http/https-server.ts";
import { face } from "../http/routes.ts";
import { errorFields, type Log } from "../log.ts";
import { ChangeCounts } from "../metrics/change-counts.ts";
import { dataAges, dataNote } from "../metrics/data-ages.ts";
import { startMetrics } from "../metrics/metrics-server.ts";
import { ServerMetrics } from "../metrics/server-metrics.ts";
import type { Decision, Store } from "../ports.ts";
import { releaseApi } from "../release/release-api.ts";
import { LiveJudging } from "./live-judging.ts";
import { processState, storeProblems } from "./process-state.ts";
import { rejudgeBy } from "./rejudging.ts";
import type { RunningProcess } from "./running-process.ts";
import type { ExaminationQueue } from "./start-examinations.ts";
import { unrecordedLog } from "./unrecorded-log.ts";

/** Settings of a server. */
export interface ServerSettings extends JudgeSettings {
  readonly listen: Listen;
  /** Whether this process examines unknown images, beside the other processes with the same queue. */
  readonly examines: boolean;
  readonly certificate: ServerCertificate | OwnCertificate;
  /** Address of the metrics, in plain HTTP; absent: no metrics. */
  readonly metrics?: Listen;
}

export interface ServerPorts extends JudgePorts {
  readonly store: Store;
  /** Receives each recorded decision. */
  decided?(decision: Decision): void;
  /** Queue of examinations shared by all replicas; absent: a queue in the memory of this process. */
  readonly queue?: ExaminationQueue;
  readonly log: Log;
  /** Labels of a namespace that only the platform can change; undefined if they are not known. */
  labelsOf?(namespace: string): NamespaceLabels | undefined;
  /**
   * User of a token, according to an API server; absent if no API server is known: then nobody can make
   * releases or checks.
   */
  readonly userOf?: (token: string) => Promise<KnownUser | undefined>;
  /** Whether a user may check in a namespace, according to the same API server. */
  readonly mayCheck?: (user: KnownUser, namespace: string) => Promise<boolean>;
}

/** Running admission server. */
export interface AdmissionServer extends RunningProcess {
  use(certificate: ServerCertificate | OwnCertificate): void;
  /**
   * Takes over the certificate as read last, with the webhooks' current trust, for /readyz and the metrics.
   */
  observe(certificate: ServerCertificate | OwnCertificate): void;
}

const DAY_MS = 86_400_000;
/**
 * Milliseconds for which requests are still accepted, until the API servers notice that this server is not
 * ready.
 */
const NOTICE_MS = 2_000;
/** Milliseconds for answering the current requests. */
const ANSWER_MS = 30_000;

/**
 * Starts a server that decides AdmissionReviews over HTTPS, with an examiner in its process.
 *
 * @throws UnavailableError server-port
 */
export async function serveAdmission(settings: ServerSettings, ports: ServerPorts): Promise<AdmissionServer> {
  const { policy, insecureRegistries = [], caFile } = settings;
  const { store, log } = ports;
  const now = () => ports.now();
  const onError = (message: string) => (error: unknown) => log("error", message, errorFields(error));
  const judging = new LiveJudging(settings, ports);
  const tags = tagDigests(
    {
      cwd: ports.cwd,
      env: ports.env,
      insecureRegistries,
      privateHosts: privateHosts(policy, insecureRegistries),
      ...(policy.platform === undefined ? {} : { platform: policy.platform }),
      ...(caFile === undefined ? {} : { caFile }),
    },
    now,
    onError("tag not resolved"),
  );
  const metrics = new ServerMetrics();
  const changes = new ChangeCounts();
  const unrecorded = unrecordedLog(log, now);
  const record = async (decision: Decision) => {
    try {
      await store.record(decision);
    } catch (error) {
      metrics.unrecorded(decision.kind);
      unrecorded(decision.kind, error);
      throw error;
    }
    metrics.decided(decision.kind);
  };
  const reviewPorts: ReviewPorts = {
    verdictOf: (subject, request) => judging.verdictOf(subject, request),
    digestOf: (reference, until) => tags.digestOf(reference, until),
    async record(decision) {
      await record(decision);
      if (LETS_IN[decision.kind] && decision.key !== undefined) judging.keepLetIn(decision.key.subject);
      ports.decided?.(decision);
    },
    releases: (namespace, at) => store.releases(namespace, at),
    lastVerdict: (subject) => judging.lastVerdict(subject),
    gracePeriod: async (namespace, subject) => store.grace?.gracePeriod(namespace, subject),
    now,
  };
  const reviewSettings = settingsOf(settings, ports);
  const userOf = async (token: string) => {
    if (ports.userOf === undefined) throw new Error("no API server is named that knows users");
    return ports.userOf(token);
  };
  let isDraining = false;
  let { certificate } = settings;
  const answer = face(
    {
      validate: (asked) => metrics.timed("validate", () => review(asked, reviewSettings, reviewPorts)),
      mutate: (asked) => metrics.timed("mutate", () => mutate(asked, reviewSettings, reviewPorts)),
      notes: () => [
        ...expiryNotes(certificate, now()),
        ...observationNotes(reviewSettings.admission, now()),
        dataNote(judging.sources, now()),
      ],
      releases: releaseApi(policy.admission?.release?.groups ?? [], { store, now, log, userOf }),
      checks: checkApi(reviewSettings, {
        verdictOf: (subject, request) => judging.verdictOf(subject, request),
        now,
        log,
        userOf,
        mayCheck: async (user, namespace) => {
          if (ports.mayCheck === undefined) throw new Error("no API server is named that knows rights");
          return ports.mayCheck(user, namespace);
        },
        waiting: () => judging.waiting(),
      }),
      unready: async () => [
        ...(certificate.until <= now() ? ["the certificate has expired"] : []),
        ...(await storeProblems(store)),
      ],
    },
    { now, log, isDraining: () => isDraining },
  );
  const server = await startHttps(answer, certificate, settings.listen);
  if ("authority" in certificate) warnOfTrust(certificate.authority.trust, log);
  let scraped: PlainServer | undefined;
  if (settings.metrics !== undefined) {
    const state = () => processState(ports, () => judging.queue());
    const text = async () =>
      metrics.text({ certificate, ...(await state()) }, now()) +
      changes.text() +
      dataAges(judging.sources, now());
    scraped = await startMetrics(text, settings.metrics, log);
  }
  return {
    origin: server.origin,
    ...(scraped === undefined ? {} : { metricsOrigin: scraped.origin }),
    observe(other) {
      const { trust } = "authority" in other ? other.authority : {};
      const before = "authority" in certificate ? certificate.authority.trust : undefined;
      if (other.cert === certificate.cert) certificate = other;
      if (trust !== before) warnOfTrust(trust, log);
    },
    use(other) {
      certificate = other;
      server.use(other);
    },
    record,
    useData: (data) => judging.use(data),
    rejudge: (events, signal, times) =>
      rejudgeBy(
        judging,
        policy,
        { ...ports, record, changed: (one) => changes.count(one) },
        events,
        signal,
        times,
      ),
    async drain() {
      isDraining = true;
      await pause(NOTICE_MS);
      await server.close(ANSWER_MS);
      await scraped?.close();
      await judging.close();
      await tags.close();
    },
  };
}

/** Warns if the webhooks lack an authority: only an administrator can change the webhook configurations. */
function warnOfTrust(trust: OwnCertificate["authority"]["trust"], log: Log): void {
  const how = "apply them again with ca.crt of the ConfigMap douane-ca";
  if (trust === "untrusted") log("error", `the webhooks do not trust the server's authority: ${how}`);
  if (trust === "successor-untrusted") {
    log("warn", `the webhooks do not trust the successor of the server's authority yet: ${how}`);
  }
  if (trust === "trusted") log("info", "the webhooks trust the server's authority");
}

/** Days until the end of the certificate and of the server's own authority, as lines of /readyz. */
function expiryNotes(certificate: ServerCertificate | OwnCertificate, now: number): readonly string[] {
  const days = (until: number) => `${Math.floor((until - now) / DAY_MS)} days`;
  return [
    `certificate: ${days(certificate.until)}`,
    ...("authority" in certificate ? [`authority: ${days(certificate.authority.until)}`] : []),
  ];
}

function settingsOf(
  { policy }: JudgeSettings,
  { now, labelsOf }: Pick<ServerPorts, "now" | "labelsOf">,
): ReviewSettings {
  const { admission = {}, acceptedFindings = [] } = policy;
  const workloads = acceptedFindings.flatMap(({ workload }) => workload ?? []);
  return {
    admission,
    bound: new Set(workloads.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`)),
    exempt: new Set(admission.exemptNamespaces),
    lang: admission.language ?? "en",
    rowsOf: (name) =>
      rowsOfNamespace(policy, new Date(now()).toISOString().slice(0, 10), { name, labels: labelsOf?.(name) }),
  };
}
