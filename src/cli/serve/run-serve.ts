import { once } from "node:events";
import { EXIT } from "../../contract/error.ts";
import { countingLabels } from "../../policy/namespace-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import { exemptNamespaces } from "../../server/admission/scope.ts";
import { judgedBy } from "../../server/examine/judge.ts";
import { privateHosts } from "../../server/examine/private-hosts.ts";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import type { KubeConnection } from "../../server/kube/connection.ts";
import { JsonLog, type Log } from "../../server/log.ts";
import type { Decision } from "../../server/ports.ts";
import { type AdmissionServer, type ServerPorts, serveAdmission } from "../../server/serve/serve.ts";
import type { RunningNamespaceView } from "../../server/watch/start-namespace-view.ts";
import type { RunningWatcher } from "../../server/watch/start-watcher.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { vulnerabilityData } from "../check/vulnerability-data.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";
import { VERSION } from "../process/version.ts";
import { openPolicy } from "../settings/open-policy.ts";
import { watchCertificate } from "./certificate-files.ts";
import { type CertificateSource, certificateSource } from "./certificate-source.ts";
import { configSummary } from "./config-summary.ts";
import { watchData } from "./data-changes.ts";
import { PORT, type ServeValues } from "./flags.ts";
import { serverPlace, serverStore } from "./server-store.ts";

/** `douane serve`. All settings are validated before the port is opened; runs until it is stopped. */
export async function runServe(session: Session, values: ServeValues): Promise<number> {
  const { context, lang } = session;
  const now = () => context.now().getTime();
  const source = await certificateSource(context, values);
  const kept = await source.kept();
  const { policy: file } = values;
  const policy = file === undefined ? {} : await openPolicy(session, { ...values, policy: file });
  const vulnerabilities = await vulnerabilityData(session, values.data, policy);
  const isDurable = serverPlace(context, values) !== undefined;
  const watched = await watchedCluster(session, values);
  if (values.checkConfig) {
    const lines = configSummary({
      policy,
      certificate: kept,
      authority: source.authority,
      vulnerabilities,
      isDurable,
      ...(watched === undefined ? {} : { watched: watched.server }),
      isBehindProxy: isBehindProxy(context.env),
      now: now(),
    });
    await context.stdout.write(lines.map((text) => `${text[lang]}\n`).join(""));
    return EXIT.admitted;
  }
  const certificate = await source.read();
  await context.catchSignals(async () => {
    const lines = new JsonLog((text) => context.stdout.write(text), now);
    const data = vulnerabilities === undefined ? {} : { vulnerabilities };
    const documents = judgedBy({ policy }, { douane: VERSION, ...data });
    const store = await serverStore(context, values, documents, lines.log);
    const ports: ServerPorts = {
      cwd: context.cwd,
      env: context.env,
      douane: VERSION,
      now,
      log: lines.log,
      store,
      ...(store.queue === undefined ? {} : { queue: store.queue }),
      userOf: async (token) => {
        const { reviewInCluster } = await import("./token-reviewer.ts");
        return reviewInCluster(context.env, token);
      },
      ...cacheFor(session, values.noCache),
      ...data,
    };
    try {
      await serve(session, values, { policy, certificate, isDurable, watched, source, ports });
    } finally {
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
    policy,
    certificate,
    isDurable,
    watched,
    source,
    ports,
  }: {
    readonly policy: Policy;
    readonly certificate: ServerCertificate;
    readonly isDurable: boolean;
    readonly watched: KubeConnection | undefined;
    readonly source: CertificateSource;
    readonly ports: ServerPorts;
  },
): Promise<void> {
  const { context, lang } = session;
  const { listen = { port: PORT }, metricsListen: metrics, insecureRegistry, caFile } = values;
  const { log } = ports;
  let watcher: RunningWatcher | undefined;
  let namespaces: RunningNamespaceView | undefined;
  const server = await serveAdmission(
    {
      policy,
      certificate,
      listen,
      examines: true,
      insecureRegistries: insecureRegistry,
      ...(caFile === undefined ? {} : { caFile }),
      ...(metrics === undefined ? {} : { metrics }),
    },
    {
      ...ports,
      decided: (decision) => void watcher?.decided(decision),
      labelsOf: (namespace) => namespaces?.view.labelsOf(namespace),
    },
  );
  const read = async () => {
    const other = await source.read();
    server.observe(other);
    return other;
  };
  const stopWatching = watchCertificate(certificate, read, (other) => server.use(other), log, source.lookMs);
  const { origin, metricsOrigin } = server;
  log("info", "listening", { origin, ...(metricsOrigin && { metrics: metricsOrigin }), version: VERSION });
  for (const text of configSummary({
    policy,
    certificate,
    authority: source.authority,
    vulnerabilities: ports.vulnerabilities,
    isDurable,
    ...(watched === undefined ? {} : { watched: watched.server }),
    isBehindProxy: isBehindProxy(context.env),
    now: ports.now(),
  })) {
    log("info", text[lang]);
  }
  namespaces = await namespacesOf(policy, watched, ports, server);
  watcher = await watcherOf(context, values, policy, watched, ports, server);
  const stopData = followData(session, values, policy, server, log);
  if (!context.signal.aborted) await once(context.signal, "abort");
  log("info", "stopping");
  stopWatching();
  stopData();
  await Promise.all([server.drain(), watcher?.stop(), namespaces?.stop()]);
  log("info", "stopped");
}

/** Connection to the cluster whose pods are watched; undefined if none is. @throws as kubeConnection() */
async function watchedCluster(
  { context }: Session,
  { watch }: ServeValues,
): Promise<KubeConnection | undefined> {
  if (watch === undefined) return undefined;
  const { kubeConnection } = await import("./kube-connection.ts");
  return kubeConnection(context, watch);
}

async function watcherOf(
  { cwd, env }: Session["context"],
  { insecureRegistry, caFile }: ServeValues,
  policy: Policy,
  connection: KubeConnection | undefined,
  ports: ServerPorts,
  server: AdmissionServer,
): Promise<RunningWatcher | undefined> {
  if (connection === undefined) return undefined;
  const { admission = {}, platform } = policy;
  const { startWatcher } = await import("../../server/watch/start-watcher.ts");
  return startWatcher(
    {
      connection,
      alongside: (events, signal) => server.rejudge(events, signal),
      exempt: exemptNamespaces(admission),
      lang: admission.language ?? "en",
      registries: {
        cwd,
        env,
        insecureRegistries: insecureRegistry,
        // The watcher resolves images in registries that authors of pods choose, so the same restriction
        // applies.
        privateHosts: privateHosts(policy, insecureRegistry),
        ...(platform === undefined ? {} : { platform }),
        ...(caFile === undefined ? {} : { caFile }),
      },
    },
    {
      store: ports.store,
      log: ports.log,
      record: (decision) => server.record(decision),
      now: () => ports.now(),
    },
  );
}

/** View of the labels by which the policy names namespaces; undefined if it names none so, or no cluster is watched. */
async function namespacesOf(
  { admission = {} }: Policy,
  connection: KubeConnection | undefined,
  { log, ...ports }: ServerPorts,
  server: AdmissionServer,
): Promise<RunningNamespaceView | undefined> {
  const { futureRows = [], labelGroups: groups = [], language: lang = "en" } = admission;
  const keys = countingLabels(futureRows);
  if (connection === undefined || keys.length === 0) return undefined;
  const { startNamespaceView } = await import("../../server/watch/start-namespace-view.ts");
  const record = (decision: Decision) => server.record(decision);
  const settings = { guarded: { keys, groups }, lang };
  return startNamespaceView(connection, settings, { record, log, now: () => ports.now() });
}

/** Uses vulnerability data that change while the server runs. @returns a function that ends this */
function followData(
  session: Session,
  { data }: ServeValues,
  policy: Policy,
  server: AdmissionServer,
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

/** Cache of layer facts, unless it possibly comes from a repository. */
function cacheFor({ context }: Session, noCache: boolean): { readonly cache?: string } {
  const directory = noCache ? undefined : cacheDirectory(context.env);
  if (directory === undefined || isBroughtByRepository(directory, context)) return {};
  return { cache: directory };
}

function isBehindProxy(env: Session["context"]["env"]): boolean {
  return ["https_proxy", "http_proxy"].some((name) => (env[name] ?? env[name.toUpperCase()] ?? "") !== "");
}
