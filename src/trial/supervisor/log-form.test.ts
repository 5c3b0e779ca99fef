import { expect, test } from "vitest";
import { logForm } from "./log-form.ts";

test.each<[string, string, string | undefined]>([
  ["RFC 5424", "<34>1 2026-11-30T10:00:00Z web su - ID47 - failed\n", "syslog"],
  ["RFC 3164", "<13>Nov 30 10:00:00 web app: GET /\n", "syslog"],
  ["RFC 6587, with its length", "61 <34>1 2026-11-30T10:00:00Z web su - ID47 - failed", "syslog"],
  ["the highest priority", "<191>x", "syslog"],
  ["a number that is no priority", "<192>x", undefined],
  ["HTML", "<1>", undefined],
  ["XML", "<stream:stream to='x'>", undefined],
  ["GELF", '{"version":"1.1","host":"web","short_message":"GET /","level":6}\0', "GELF"],
  ["JSON with a level and a message", '{"level":"info","msg":"GET /","ts":1}\n', "JSON"],
  ["JSON of ECS", '{"@timestamp":"2026-11-30T10:00:00Z","log.level":"info","message":"x"}\n', "JSON"],
  ["JSON of a protocol", '{"id":1,"method":"subscribe","params":["message"]}\n', undefined],
  ["JSON with a level of its own", '{"level":7,"score":3}\n', undefined],
  ["a level in the second message alone", '{"id":1}\n{"level":"info","msg":"x"}\n', undefined],
  ["text with a time and a level", "2026-11-30T10:00:00Z INFO GET /\n", "text"],
  ["text with a time in brackets", "[2026-11-30 10:00:00,123] WARNING slow\n", "text"],
  ["data with a time", "2026-11-30T10:00:00Z;12.5;0.3\n", undefined],
  ["Loki", "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP"],
  ["Elasticsearch", "POST /_bulk?refresh HTTP/1.1\r\n", "HTTP"],
  ["Splunk", "POST /services/collector/event HTTP/1.1\r\n", "HTTP"],
  ["OpenTelemetry's logs", "POST /v1/logs HTTP/1.1\r\n", "HTTP"],
  ["OpenTelemetry's traces", "POST /v1/traces HTTP/1.1\r\n", undefined],
  ["another request", "POST /orders HTTP/1.1\r\n", undefined],
  ["a request that reads", "GET /_bulk HTTP/1.1\r\n", undefined],
  ["Redis", "*1\r\n$4\r\nPING\r\n", undefined],
  ["SMTP", "EHLO web\r\n", undefined],
  ["Beats", "2W\0\0\0\x01", "Beats"],
  ["nothing", "", undefined],
])("%s", (_, text, form) => {
  expect(logForm(Buffer.from(text, "latin1"))).toBe(form);
});

test.each<[string, readonly number[], string | undefined]>([
  ["a message", [0x93, 0xa3, 0x61, 0x70, 0x70, 0xce, 1, 2, 3, 4, 0x80], "Fluentd"],
  ["a tag with a length of its own", [0x92, 0xd9, 0x03, 0x61, 0x70, 0x70, 0x90], "Fluentd"],
  ["MessagePack's RPC", [0x94, 0x00, 0x01, 0xa3, 0x61, 0x62, 0x63, 0x90], undefined],
  ["a tag that is cut", [0x93, 0xa9, 0x61], undefined],
  ["a tag that is no text", [0x93, 0xa2, 0x01, 0x02], undefined],
  ["an empty tag", [0x93, 0xa0, 0x01], undefined],
  ["PostgreSQL", [0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f], undefined],
])("Fluentd's forward protocol: %s", (_, bytes, form) => {
  expect(logForm(Buffer.from(bytes))).toBe(form);
});
