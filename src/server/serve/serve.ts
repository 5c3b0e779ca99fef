import { setTimeout as pause } from "node:timers/promises";
import { enforcedRows } from "../../policy/enforced-rows.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { mutate } from "../admission/mutate.ts";
import type { ReviewPorts, ReviewSettings } from "../admission/ports.ts";
import { review } from "../admission/review.ts";
import type { JudgePorts, JudgeSettings } from "../examine/judge.ts";
import { tagDigests } from "../examine/tag-digest.ts";
import type { ServerCertificate } from "../http/certificate.ts";
import { face } from "../http/face.ts";
import { type Listen, type RunningServer, startHttps } from "../http/https-server.ts";
import { errorFields, type Log } from "../log.ts";
import type { Store } from "../ports.ts";
import { rejudgeRunning } from "../rejudge/rejudge.ts";
import type { EventWriter } from "../watch/events.ts";
import { LiveJudging } from "./live-judging.ts";

/** Settings of a server. */
export interface ServerSettings extends JudgeSettings {
  readonly listen: Listen;
  readonly certificate: ServerCertificate;
}

export interface ServerPorts extends JudgePorts {
  readonly store: Store;
  readonly log: Log;
}

/** A server that answers. */
export interface AdmissionServer extends Pick<RunningServer, "origin"> {
  use(certificate: ServerCertificate): void;
  /** Judges by these vulnerability data from now on; those before are closed once nothing uses them. */
  useData(data: VulnerabilityDatabase): Promise<void>;
  /** Judges what runs again, and tells what changed, until the signal ends it. Never rejects. */
  rejudge(events: Pick<EventWriter, "write">, signal: AbortSignal): Promise<void>;
  /** Reports that the server is not ready, answers the remaining requests, and stops. */
  drain(): Promise<void>;
}

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
      ...(policy.platform === undefined ? {} : { platform: policy.platform }),
      ...(caFile === undefined ? {} : { caFile }),
    },
    now,
    onError("tag not resolved"),
  );
  const reviewPorts: ReviewPorts = {
    verdictOf: (subject, request) => judging.verdictOf(subject, request),
    digestOf: (reference, until) => tags.digestOf(reference, until),
    record: (decision) => store.record(decision),
    now,
  };
  const reviewSettings = settingsOf(settings, now);
  let isDraining = false;
  let { certificate } = settings;
  const answer = face(
    {
      validate: (asked) => review(asked, reviewSettings, reviewPorts),
      mutate: (asked) => mutate(asked, reviewSettings, reviewPorts),
      unready: async () => [
        ...(certificate.until <= now() ? ["the certificate has expired"] : []),
        ...((await store.isReady().catch(() => false)) ? [] : ["the store cannot be reached"]),
      ],
    },
    { now, log, isDraining: () => isDraining },
  );
  const server = await startHttps(answer, certificate, settings.listen);
  return {
    origin: server.origin,
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
      judging.close();
      await tags.close();
    },
  };
}

function settingsOf({ policy }: JudgeSettings, now: () => number): ReviewSettings {
  const { admission = {} } = policy;
  return {
    admission,
    exempt: new Set(admission.exemptNamespaces),
    lang: admission.language ?? "en",
    enforced: () => enforcedRows(policy, new Date(now()).toISOString().slice(0, 10)),
  };
}
