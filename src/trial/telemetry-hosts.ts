/**
 * Variables with the destination of an application's telemetry, by the products' documentation:
 * OpenTelemetry, Jaeger, Datadog, StatsD, Sentry, Elastic APM, New Relic, Pyroscope, SkyWalking.
 */
const TELEMETRY =
  /^(?:OTEL_EXPORTER_[A-Z_]{1,40}_(?:ENDPOINT|AGENT_HOST)|JAEGER_(?:AGENT_HOST|ENDPOINT)|DD_(?:AGENT_HOST|TRACE_AGENT_URL|TRACE_AGENT_HOSTNAME|DOGSTATSD_URL)|STATSD_(?:HOST|ADDR|URL)|SENTRY_DSN|ELASTIC_APM_SERVER_URLS?|NEW_RELIC_HOST|PYROSCOPE_SERVER_ADDRESS|SW_AGENT_COLLECTOR_BACKEND_SERVICES)$/;
/** Maximum number of hosts collected. */
const MOST = 20;

/**
 * Hosts in variables that are used only for telemetry: an application works without reaching them.
 *
 * @param env `NAME=value`
 */
export function telemetryHosts(env: readonly string[]): readonly string[] {
  const pairs = env.map((entry): readonly [string, string] => {
    const end = entry.indexOf("=");
    return [entry.slice(0, end), entry.slice(end + 1)];
  });
  const named = pairs.filter(([name]) => TELEMETRY.test(name));
  const others = pairs.filter(([name]) => !TELEMETRY.test(name)).map(([, value]) => value.toLowerCase());
  const hosts = new Set(named.flatMap(([, value]) => hostOf(value)));
  return [...hosts].filter((host) => !others.some((value) => value.includes(host))).slice(0, MOST);
}

/** Host of a URL, of `host:port`, or of a name alone. */
function hostOf(value: string): readonly string[] {
  const url = value.includes("://") ? value : `tcp://${value}`;
  const host = URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/^\[|\]$/g, "") : "";
  return host === "" ? [] : [host];
}
