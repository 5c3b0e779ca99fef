import type { LogForm } from "../../contract/call-events.ts";

/** Bytes of a connection's beginning that are looked at. */
export const LOG_HEAD = 4_096;

/** Paths to which collectors of logs take requests: Loki, Elasticsearch, Splunk, OpenTelemetry, Datadog. */
const PATHS =
  /^(?:POST|PUT) \/\S{0,200}(?:loki\/api\/v1\/push|_bulk|services\/collector|v1\/logs|api\/v2\/logs|v1\/input|gelf)\b/;
/** RFC 5424 and 3164: a priority up to 191, which is preceded by the length of the message in RFC 6587. */
const SYSLOG = /^(?:[1-9]\d{0,4} )?<(?:1[0-8]\d|19[01]|\d{1,2})>(?:1 )?\S/;
const LEVEL = /"(?:level|levelname|severity|lvl|log\.level|loglevel)"\s{0,9}:/i;
const MESSAGE = /"(?:msg|message|@timestamp|timestamp|time|ts)"\s{0,9}:/i;
const STAMPED =
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\n]{0,200}\b(?:trace|debug|info|notice|warn|warning|error|fatal)\b/i;

/**
 * Form of log lines at the beginning of a connection, recognised by protocol, whatever the port: syslog (RFC
 * 5424, 3164, 6587), GELF, Fluentd's forward protocol, Beats' lumberjack, requests to the paths of
 * collectors, JSON with a level beside a message, and text with a time and a level.
 */
export function logForm(head: Buffer): LogForm | undefined {
  const text = head.subarray(0, LOG_HEAD).toString("latin1");
  if (SYSLOG.test(text)) return "syslog";
  if (PATHS.test(text)) return "HTTP";
  if (/^[12]W[\s\S]{4}/.test(text)) return "Beats";
  if (isForward(head)) return "Fluentd";
  if (text.startsWith("{")) {
    const [line = ""] = text.split(/[\n\0]/, 1);
    if (line.includes('"short_message"')) return "GELF";
    return LEVEL.test(line) && MESSAGE.test(line) ? "JSON" : undefined;
  }
  return STAMPED.test(text) ? "text" : undefined;
}

/** Whether the bytes begin a MessagePack array of two to four members whose first is a tag. */
function isForward(head: Buffer): boolean {
  const [array = 0, type = 0, size = 0] = head;
  if (array < 0x92 || array > 0x94) return false;
  const short = type >= 0xa1 && type <= 0xbf ? type - 0xa0 : undefined;
  const [from, length] = short === undefined ? [3, type === 0xd9 ? size : 0] : [2, short];
  const tag = head.toString("latin1", from, from + length);
  return length > 0 && tag.length === length && /^[\w.*-]+$/.test(tag);
}
