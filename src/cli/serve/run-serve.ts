import { once } from "node:events";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { EXIT } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Policy } from "../../policy/policy.ts";
import { CHECK_RIGHT } from "../../server/check/check-api.ts";
import { judgedBy } from "../../server/examine/judge.ts";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import type { KubeConnection } from "../../server/kube/connection.ts";
import { JsonLog, type Log } from "../../server/log.ts";
import type { RunningProcess } from "../../server/serve/running-process.ts";
import { type ServerPorts, type ServerSettings, serveAdmission } from "../../server/serve/serve.ts";
import type { RunningNamespaceView } from "../../server/watch/start-namespace-view.ts";
import type { RunningWatcher } from "../../server/watch/start-watcher.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { OpenKey } from "../attest/read-key.ts";
import { vulnerabilityData } from "../check/vulnerability-data.ts";
import type { Session } from "../command-line/command.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { VERSION } from "../process/version.ts";
import { openPolicy } from "../settings/open-policy.ts";
import { cacheFor } from "./cache-for.ts";
import { watchCertificate } from "./certificate-files.ts";
import { type CertificateSource, certificateSource } from "./certificate-source.ts";
import { configSummary } from "./config-summary.ts";
import { watchData } from "./data-changes.ts";
import { PORT, type ServeValues } from "./flags.ts";
import { ROLES, type Role, verifyRole } from "./roles.ts";
import { serverPlace, serverStore } from "./server-store.ts";
import { openTrialKey } from "./trial-key.ts";
import { namespacesOf, watchedCluster, watcherOf } from "./watched-cluster.ts";

/** `douane serve`. All settings are validated before the port is opened; runs until it is stopped. */
export async function runServe(session: Session, values: ServeValues): Promise<number> {
  const { context, lang } = session;
  if (values.preview !== undefined) {
    const { runPreview } = await import("./run-preview.ts");
    return runPreview(session, values, values.preview);
  }
  if (values.migrate) {
    const { runMigrate } = await import("./run-migrate.ts");
    return runMigrate(session, values);
  }
  const now = () => context.now().getTime();
  const { role = "all" } = values;
  verifyRole(role, values);
  const { admits, watches, tries } = ROLES[role];
  const source = admits ? await certificateSource(context, values) : undefined;
  const kept = await source?.kept();
  const { policy: file } = values;
  const policy = file === undefined ? {} : await openPolicy(session, { ...values, policy: file });
  const vulnerabilities = await vulnerabilityData(session, values.data, policy);
  const isDurable = serverPlace(context, values) !== undefined;
  const watched = admits || watches ? await watchedCluster(session, values) : undefined;
  const trialKey = tries ? await openTrialKey(context, values) : undefined;
  const summaryOf = (certificate: ServerCertificate | undefined): readonly Text[] =>
    configSummary({
      role,
      policy,
      certificate,
      authority: source?.authority,
      vulnerabilities,
      isDurable,
      ...(watched === undefined ? {} : { watched: watched.server }),
      isBehindProxy: isBehindProxy(context.env),
      now: now(),
      ...(trialKey && { trialKeyId: trialKey.key.id }),
    });
  if (values.checkConfig) {
    await trialKey?.close();
    const lines = summaryOf(kept);
    await context.stdout.write(lines.map((text) => `${text[lang]}\n`).join(""));
    return EXIT.admitted;
  }
  const certificate = await source?.read();
  await context.catchSignals(async () => {
    const lines = new JsonLog((text) => context.stdout.write(text), now);
    const data = vulnerabilities === undefined ? {} : { vulnerabilities };
    const documents = judgedBy({ policy }, { douane: VERSION, ...data });
    const store = await serverStore(context, values, { documents, role }, lines.log);
    const ports: ServerPorts = {
      cwd: context.cwd,
      env: context.env,
      douane: VERSION,
      now,
      log: lines.log,
      store,
      ...(store.queue === undefined ? {} : { queue: store.queue }),
      ...(store.trials === undefined ? {} : { trials: store.trials }),
      ...(store.evidence === undefined ? {} : { evidence: store.evidence }),
      userOf: async (token) => {
        const { reviewInCluster } = await import("./token-reviewer.ts");
        return reviewInCluster(context.env, token);
      },
      mayCheck: async (user, namespace) => {
        const { accessInCluster } = await import("./token-reviewer.ts");
        return accessInCluster(context.env, user, { ...CHECK_RIGHT, namespace });
      },
      ...cacheFor(session, values.noCache),
      ...data,
    };
    try {
      await serve(session, values, {
        role,
        policy,
        certificate,
        summary: summaryOf(certificate),
        watched,
        source,
        trialKey,
        ports,
      });
    } finally {
      await trialKey?.close();
      await store.close();
      await lines.written();
    }
  });
  return EXIT.admitted;
}

/** Answers requests until the run is stopped, then finishes pending requests. */
async function serve(
  session: Session,
  values: ServeValues,
  {
    role,
    policy,
    certificate,
    summary,
    watched,
    source,
    trialKey,
    ports,
  }: {
    readonly role: Role;
    readonly policy: Policy;
    /** Absent for a role that no API server asks. */
    readonly certificate: ServerCertificate | undefined;
    /** Sentences about the configuration, for the log. */
    readonly summary: readonly Text[];
    readonly watched: KubeConnection | undefined;
    readonly source: CertificateSource | undefined;
    /** Absent for a role that makes no trials. */
    readonly trialKey: OpenKey | undefined;
    readonly ports: ServerPorts;
  },
): Promise<void> {
  const { context, lang } = session;
  const { listen = { port: PORT }, metricsListen: metrics, insecureRegistry, caFile } = values;
  const { log } = ports;
  let watcher: RunningWatcher | undefined;
  let namespaces: RunningNamespaceView | undefined;
  const server = await started(
    {
      policy,
      listen,
      examines: ROLES[role].examines,
      insecureRegistries: insecureRegistry,
      ...(caFile === undefined ? {} : { caFile }),
      ...(metrics === undefined ? {} : { metrics }),
    },
    {
      ...ports,
      decided: (decision) => void watcher?.decided(decision),
      labelsOf: (namespace) => namespaces?.view.labelsOf(namespace),
    },
    { certificate, source, trialKey: trialKey?.key },
  );
  const { origin, metricsOrigin } = server;
  log("info", "listening", { origin, ...(metricsOrigin && { metrics: metricsOrigin }), version: VERSION });
  for (const text of summary) {
    log("info", text[lang]);
  }
  namespaces = ROLES[role].admits ? await namespacesOf(policy, watched, ports, server) : undefined;
  watcher = await watcherOf(context, values, policy, watched, ports, { server, role });
  const stopData = followData(session, values, policy, server, log);
  if (!context.signal.aborted) await once(context.signal, "abort");
  log("info", "stopping");
  stopData();
  await Promise.all([server.drain(), watcher?.stop(), namespaces?.stop()]);
  log("info", "stopped");
}

/** Process of the role: over HTTPS for an API server, else for the kubelet's probes alone. */
async function started(
  settings: Omit<ServerSettings, "certificate">,
  ports: ServerPorts,
  {
    certificate,
    source,
    trialKey,
  }: {
    readonly certificate: ServerCertificate | undefined;
    readonly source: CertificateSource | undefined;
    readonly trialKey: SigningKey | undefined;
  },
): Promise<RunningProcess> {
  const { queue, log } = ports;
  const { trials: trialStore } = ports.store;
  if (trialKey !== undefined) {
    if (queue === undefined || trialStore === undefined) throw new TypeError("a role has a database");
    const { serveTrials } = await import("../../server/serve/serve-trials.ts");
    return serveTrials(settings, trialKey, { ...ports, queue, trialStore });
  }
  if (certificate === undefined || source === undefined) {
    if (queue === undefined) throw new TypeError("a role without a certificate has a database");
    const { serveBackground } = await import("../../server/serve/serve-background.ts");
    return serveBackground(settings, { ...ports, queue });
  }
  const server = await serveAdmission({ ...settings, certificate }, ports);
  const read = async () => {
    const other = await source.read();
    server.observe(other);
    return other;
  };
  const stop = watchCertificate(certificate, read, (other) => server.use(other), log, source.lookMs);
  return {
    ...server,
    drain() {
      stop();
      return server.drain();
    },
  };
}

/** Uses vulnerability data that change while the server runs. @returns a function that ends this */
function followData(
  session: Session,
  { data }: ServeValues,
  policy: Policy,
  server: RunningProcess,
  log: Log,
): () => void {
  const { context } = session;
  let directory: string;
  try {
    directory = dataDirectory(context, data);
  } catch {
    // Without a home there is no folder of data; row 14 then reports missing data.
    return () => {};
  }
  const source = {
    directory,
    open: () => vulnerabilityData(session, data, policy),
    use: (changed: VulnerabilityDatabase) => server.useData(changed),
  };
  return watchData(source, () => context.now().getTime(), log);
}

function isBehindProxy(env: Session["context"]["env"]): boolean {
  return ["https_proxy", "http_proxy"].some((name) => (env[name] ?? env[name.toUpperCase()] ?? "") !== "");
}
