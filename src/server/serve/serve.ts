import { setTimeout as pause } from "node:timers/promises";
import { enforcedRows } from "../../policy/enforced-rows.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { mutate } from "../admission/mutate.ts";
import type { ReviewPorts, ReviewSettings } from "../admission/ports.ts";
import { review } from "../admission/review.ts";
import type { OwnCertificate } from "../authority/own-certificate.ts";
import type { JudgePorts, JudgeSettings } from "../examine/judge.ts";
import { privateHosts } from "../examine/private-hosts.ts";
import { tagDigests } from "../examine/tag-digest.ts";
import type { ServerCertificate } from "../http/certificate.ts";
import { face } from "../http/face.ts";
import { type Listen, type RunningServer, startHttps } from "../http/https-server.ts";
import { errorFields, type Log } from "../log.ts";
import { type MetricsServer, startMetrics } from "../metrics/metrics-server.ts";
import { ServerMetrics } from "../metrics/server-metrics.ts";
import type { Decision, Store } from "../ports.ts";
import { rejudgeRunning } from "../rejudge/rejudge.ts";
import { releaseApi } from "../release/release-api.ts";
import type { KnownUser } from "../release/token-review.ts";
import type { EventWriter } from "../watch/events.ts";
import { LiveJudging } from "./live-judging.ts";
import type { ExaminationQueue } from "./start-examinations.ts";

/** Settings of a server. */
export interface ServerSettings extends JudgeSettings {
  readonly listen: Listen;
  /** Whether unknown images are examined in this process, or by examiners of the same queue alone. */
  readonly examines: boolean;
  readonly certificate: ServerCertificate | OwnCertificate;
  /** Port of the metrics, in plain HTTP; absent: none. */
  readonly metrics?: Listen;
}

export interface ServerPorts extends JudgePorts {
  readonly store: Store;
  /** Receives decisions that were recorded. */
  decided?(decision: Decision): void;
  /** Queue of examinations, for all replicas; absent: those of this process are in its memory. */
  readonly queue?: ExaminationQueue;
  readonly log: Log;
  /** User of a token, as an API server says; absent if none is asked, and then nobody makes releases. */
  readonly userOf?: (token: string) => Promise<KnownUser | undefined>;
}

/** A server that answers. */
export interface AdmissionServer extends Pick<RunningServer, "origin"> {
  /** `http://HOST:PORT` of the metrics; absent if there are none. */
  readonly metricsOrigin?: string;
  use(certificate: ServerCertificate | OwnCertificate): void;
  /** Certificate as it was read last: who trusts it may have changed. */
  observe(certificate: ServerCertificate | OwnCertificate): void;
  /** Judges by these vulnerability data from now on; those before are closed once nothing uses them. */
  useData(data: VulnerabilityDatabase): Promise<void>;
  /** Judges what runs again, and tells what changed, until the signal ends it. Never rejects. */
  rejudge(events: Pick<EventWriter, "write">, signal: AbortSignal): Promise<void>;
  /** Reports that the server is not ready, answers the remaining requests, and stops. */
  drain(): Promise<void>;
}

const DAY_MS = 86_400_000;
/**
 * Milliseconds in which requests still arrive, until the API servers notice that this server is not ready.
 */
const NOTICE_MS = 2_000;
/** Milliseconds that the requests under way have. */
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
  const reviewPorts: ReviewPorts = {
    verdictOf: (subject, request) => judging.verdictOf(subject, request),
    digestOf: (reference, until) => tags.digestOf(reference, until),
    async record(decision) {
      await store.record(decision);
      metrics.decided(decision.kind);
      ports.decided?.(decision);
    },
    releases: (namespace, at) => store.releases(namespace, at),
    now,
  };
  const reviewSettings = settingsOf(settings, now);
  let isDraining = false;
  let { certificate } = settings;
  const answer = face(
    {
      validate: (asked) => metrics.timed("validate", () => review(asked, reviewSettings, reviewPorts)),
      mutate: (asked) => metrics.timed("mutate", () => mutate(asked, reviewSettings, reviewPorts)),
      notes: () => expiryNotes(certificate, now()),
      releases: releaseApi(policy.admission?.release?.groups ?? [], {
        store,
        now,
        log,
        userOf: async (token) => {
          if (ports.userOf === undefined) throw new Error("no API server is named that knows users");
          return ports.userOf(token);
        },
      }),
      unready: async () => [
        ...(certificate.until <= now() ? ["the certificate has expired"] : []),
        ...((await store.isReady().catch(() => false)) ? [] : ["the store cannot be reached"]),
      ],
    },
    { now, log, isDraining: () => isDraining },
  );
  const server = await startHttps(answer, certificate, settings.listen);
  if ("authority" in certificate) warnOfTrust(certificate.authority.trust, log);
  let scraped: MetricsServer | undefined;
  if (settings.metrics !== undefined) {
    const isReady = () => store.isReady().catch(() => false);
    const text = async () => metrics.text({ certificate, isStoreReady: await isReady() }, now());
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
    useData: (data) => judging.use(data),
    async rejudge(events, signal) {
      const { subjects } = store;
      if (subjects === undefined) return;
      const enforced = (day: string) => enforcedRows(policy, day);
      const lang = policy.admission?.language ?? "en";
      await rejudgeRunning(lang, { ...judging.ports(), subjects, enforced, events, log, now }, signal);
    },
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

/** Says that the webhooks lack an authority: nobody but an administrator changes them. */
function warnOfTrust(trust: OwnCertificate["authority"]["trust"], log: Log): void {
  const how = "apply them again with ca.crt of the ConfigMap douane-ca";
  if (trust === "untrusted") log("error", `the webhooks do not trust the server's authority: ${how}`);
  if (trust === "successor-untrusted") {
    log("warn", `the webhooks do not trust the successor of the server's authority yet: ${how}`);
  }
  if (trust === "trusted") log("info", "the webhooks trust the server's authority");
}

/** Days until the certificate, and the server's own authority, end. */
function expiryNotes(certificate: ServerCertificate | OwnCertificate, now: number): readonly string[] {
  const days = (until: number) => `${Math.floor((until - now) / DAY_MS)} days`;
  return [
    `certificate: ${days(certificate.until)}`,
    ...("authority" in certificate ? [`authority: ${days(certificate.authority.until)}`] : []),
  ];
}

function settingsOf({ policy }: JudgeSettings, now: () => number): ReviewSettings {
  const { admission = {}, acceptedFindings = [] } = policy;
  const workloads = acceptedFindings.flatMap(({ workload }) => workload ?? []);
  return {
    admission,
    bound: new Set(workloads.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`)),
    exempt: new Set(admission.exemptNamespaces),
    lang: admission.language ?? "en",
    enforced: () => enforcedRows(policy, new Date(now()).toISOString().slice(0, 10)),
  };
}
