import { once } from "node:events";
import { EXIT } from "../../contract/error.ts";
import type { Policy } from "../../policy/policy.ts";
import { judgedBy } from "../../server/examine/judge.ts";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import { JsonLog } from "../../server/log.ts";
import { type ServerPorts, serveAdmission } from "../../server/serve/serve.ts";
import { vulnerabilityData } from "../check/vulnerability-data.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";
import { VERSION } from "../process/version.ts";
import { openPolicy } from "../settings/open-policy.ts";
import { watchCertificate } from "./certificate-files.ts";
import { type CertificateSource, certificateSource } from "./certificate-source.ts";
import { configSummary } from "./config-summary.ts";
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
  if (values.checkConfig) {
    const lines = configSummary({
      policy,
      certificate: kept,
      authority: source.authority,
      vulnerabilities,
      isDurable,
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
      ...cacheFor(session, values.noCache),
      ...data,
    };
    try {
      await serve(session, values, { policy, certificate, isDurable, source, ports });
    } finally {
      await store.close();
      await lines.written();
    }
  });
  return EXIT.admitted;
}

/** Answers requests until the run is stopped, then finishes pending requests. */
async function serve(
  { context, lang }: Session,
  values: ServeValues,
  {
    policy,
    certificate,
    isDurable,
    source,
    ports,
  }: {
    readonly policy: Policy;
    readonly certificate: ServerCertificate;
    readonly isDurable: boolean;
    readonly source: CertificateSource;
    readonly ports: ServerPorts;
  },
): Promise<void> {
  const { listen = { port: PORT }, insecureRegistry, caFile } = values;
  const { log } = ports;
  const server = await serveAdmission(
    {
      policy,
      certificate,
      listen,
      insecureRegistries: insecureRegistry,
      ...(caFile === undefined ? {} : { caFile }),
    },
    ports,
  );
  const stopWatching = watchCertificate(
    certificate,
    () => source.read(),
    (other) => server.use(other),
    log,
  );
  log("info", "listening", { origin: server.origin, version: VERSION });
  for (const text of configSummary({
    policy,
    certificate,
    authority: source.authority,
    vulnerabilities: ports.vulnerabilities,
    isDurable,
    now: ports.now(),
  })) {
    log("info", text[lang]);
  }
  if (!context.signal.aborted) await once(context.signal, "abort");
  log("info", "stopping");
  stopWatching();
  await server.drain();
  log("info", "stopped");
}

/** Cache of layer facts, unless it possibly comes from a repository. */
function cacheFor({ context }: Session, noCache: boolean): { readonly cache?: string } {
  const directory = noCache ? undefined : cacheDirectory(context.env);
  if (directory === undefined || isBroughtByRepository(directory, context)) return {};
  return { cache: directory };
}
