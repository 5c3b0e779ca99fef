import { expect, test } from "vitest";
import { telemetryHosts } from "./telemetry-hosts.ts";

test.each<[string, readonly string[], readonly string[]]>([
  ["OpenTelemetry", ["OTEL_EXPORTER_OTLP_ENDPOINT=http://Otel.observability:4317"], ["otel.observability"]],
  ["one of its signals", ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://t.example/v1/traces"], ["t.example"]],
  ["a host and a port", ["PYROSCOPE_SERVER_ADDRESS=pyroscope:4040"], ["pyroscope"]],
  ["a name alone", ["DD_AGENT_HOST=datadog-agent"], ["datadog-agent"]],
  [
    "an address",
    ["STATSD_HOST=10.0.3.4", "DD_TRACE_AGENT_URL=http://[fd00::1]:8126"],
    ["10.0.3.4", "fd00::1"],
  ],
  ["Sentry's, without its key", ["SENTRY_DSN=https://k3y@sentry.example/1"], ["sentry.example"]],
  ["each once", ["JAEGER_AGENT_HOST=j", "JAEGER_ENDPOINT=http://j:14268/api/traces"], ["j"]],
  [
    "a host that something else is asked of, too",
    ["OTEL_EXPORTER_OTLP_ENDPOINT=http://queue:4317", "REDIS_URL=redis://Queue:6379"],
    [],
  ],
  ["a queue with a telling name", ["QUEUE_URL=amqp://telemetry", "KAFKA_BROKERS=otel-kafka:9092"], []],
  [
    "no host",
    ["DD_TRACE_AGENT_URL=unix:///var/run/apm.sock", "SENTRY_DSN=", "OTEL_EXPORTER_OTLP_ENDPOINT=::"],
    [],
  ],
  ["other variables of theirs", ["OTEL_SERVICE_NAME=web", "DD_SITE=eu.example"], []],
])("hosts of telemetry: %s", (_, env, hosts) => {
  expect(telemetryHosts(env)).toEqual(hosts);
});
