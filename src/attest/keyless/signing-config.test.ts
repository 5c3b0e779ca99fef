import { expect, test } from "vitest";
import { DouaneError } from "../../contract/error.ts";
import { signingServices } from "./signing-config.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
type Json = Record<string, unknown>;

function service(host: string, more: Json = {}): Json {
  const validFor = { start: "2026-01-01T00:00:00Z" };
  return { url: `https://${host}.example`, majorApiVersion: 1, validFor, operator: "one.example", ...more };
}

const CA = service("fulcio");
const TSA = service("tsa", { url: "https://tsa.example/api/v1/timestamp" });
const ANY = { selector: "ANY" };

function config(more: Json = {}): Json {
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [CA],
    rekorTlogUrls: [service("rekor")],
    rekorTlogConfig: ANY,
    tsaUrls: [TSA],
    tsaConfig: ANY,
    ...more,
  };
}

function selected(more: Json): readonly string[] {
  const { authority, logs, timestampAuthorities } = signingServices(
    JSON.stringify(config(more)),
    "signing.json",
    NOW,
    (host) => host.startsWith("127.0.0.1"),
  );
  return [
    authority.host,
    ...logs.map(({ url, version }) => `${url.host} v${version}`),
    ...timestampAuthorities.map(({ href }) => href),
  ].map((one) => one.replaceAll(".example", ""));
}

const STAMP = "https://tsa/api/v1/timestamp";
const since = (start: string, end?: string) => ({ validFor: end === undefined ? { start } : { start, end } });

test.each<[string, Json, readonly string[]]>([
  ["one service of each kind", {}, ["fulcio", "rekor v1", STAMP]],
  ["the selector by its number", { rekorTlogConfig: { selector: 2 } }, ["fulcio", "rekor v1", STAMP]],
  [
    "the newest of two authorities, wherever it is listed",
    { caUrls: [service("old", since("2025-01-01T00:00:00Z")), CA] },
    ["fulcio", "rekor v1", STAMP],
  ],
  [
    "no service that has ended, and none that begins tomorrow",
    {
      caUrls: [
        service("later", since("2026-12-01T00:00:00Z")),
        service("ended", since("2026-11-01T00:00:00Z", "2026-11-30T11:59:59Z")),
        CA,
      ],
    },
    ["fulcio", "rekor v1", STAMP],
  ],
  [
    "the last moment of a validity belongs to it",
    { caUrls: [service("ends", since("2026-11-01T00:00:00Z", "2026-11-30T12:00:00Z")), CA] },
    ["ends", "rekor v1", STAMP],
  ],
  [
    "a service without a validity",
    { caUrls: [service("always", { validFor: undefined })] },
    ["always", "rekor v1", STAMP],
  ],
  [
    "the highest version that douane knows",
    {
      rekorTlogUrls: [
        service("v3", { majorApiVersion: 3 }),
        service("v1", since("2026-11-01T00:00:00Z")),
        service("v2", { majorApiVersion: 2 }),
      ],
    },
    ["fulcio", "v2 v2", STAMP],
  ],
  [
    "no version that is not released",
    { caUrls: [service("draft", { majorApiVersion: 0 }), CA] },
    ["fulcio", "rekor v1", STAMP],
  ],
  [
    "all: one of each operator, of one version",
    {
      rekorTlogConfig: { selector: "ALL" },
      rekorTlogUrls: [
        service("a", { operator: "a" }),
        service("b", { operator: "b" }),
        service("b-new", { operator: "b", ...since("2026-06-01T00:00:00Z") }),
      ],
    },
    ["fulcio", "b-new v1", "a v1", STAMP],
  ],
  [
    "exactly two, of distinct operators",
    {
      rekorTlogConfig: { selector: "EXACT", count: 2 },
      rekorTlogUrls: [
        service("a"),
        service("a2"),
        service("b", { operator: "b" }),
        service("c", { operator: "c" }),
      ],
    },
    ["fulcio", "a v1", "b v1", STAMP],
  ],
  ["no log without a setting for logs", { rekorTlogConfig: undefined }, ["fulcio", STAMP]],
  [
    "no timestamp authority, where a log dates",
    { tsaUrls: [], tsaConfig: undefined },
    ["fulcio", "rekor v1"],
  ],
  [
    "plain HTTP on this machine",
    { caUrls: [service("x", { url: "http://127.0.0.1:8080/fulcio" })] },
    ["127.0.0.1:8080", "rekor v1", STAMP],
  ],
])("selects %s", (_, more, expected) => {
  expect(selected(more)).toEqual(expected);
});

test.each<[string, string, Json]>([
  [
    "another media type",
    "signing-config-invalid",
    { mediaType: "application/vnd.dev.sigstore.signingconfig.v0.1+json" },
  ],
  ["an authority that is a text", "signing-config-invalid", { caUrls: ["https://fulcio.example"] }],
  ["services that are no list", "signing-config-invalid", { caUrls: "https://fulcio.example" }],
  ["a service without an address", "signing-config-invalid", { caUrls: [{ ...CA, url: "" }] }],
  ["a version in words", "signing-config-invalid", { caUrls: [{ ...CA, majorApiVersion: "one" }] }],
  ["a validity that is no time", "signing-config-invalid", { caUrls: [service("x", since("soon"))] }],
  ["an unknown selector", "signing-config-invalid", { rekorTlogConfig: { selector: "SOME" } }],
  [
    "the undefined selector",
    "signing-config-invalid",
    { rekorTlogConfig: { selector: "SERVICE_SELECTOR_UNDEFINED" } },
  ],
  ["the undefined selector by its number", "signing-config-invalid", { rekorTlogConfig: { selector: 0 } }],
  ["exactly none", "signing-config-invalid", { rekorTlogConfig: { selector: "EXACT", count: 0 } }],
  ["51 services", "signing-config-invalid", { caUrls: Array.from({ length: 51 }, () => CA) }],
  ["plain HTTP", "signing-config-address", { caUrls: [service("x", { url: "http://fulcio.example" })] }],
  [
    "an address with a user",
    "signing-config-address",
    { caUrls: [service("x", { url: "https://a:b@fulcio.example" })] },
  ],
  [
    "an address with parameters",
    "signing-config-address",
    { tsaUrls: [service("x", { url: "https://tsa.example/?a=1" })] },
  ],
  ["no authority", "signing-config-services", { caUrls: [] }],
  [
    "authorities of the past",
    "signing-config-services",
    { caUrls: [service("x", since("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))] },
  ],
  [
    "two of one operator",
    "signing-config-services",
    { tsaConfig: { selector: "EXACT", count: 2 }, tsaUrls: [TSA, TSA] },
  ],
  [
    "a setting for logs without a log",
    "signing-config-services",
    { rekorTlogUrls: [], rekorTlogConfig: { selector: "ALL" } },
  ],
  ["nothing that dates", "signing-config-time", { rekorTlogConfig: undefined, tsaConfig: undefined }],
  [
    "a Rekor v2 alone, whose entries have no time",
    "signing-config-time",
    { rekorTlogUrls: [service("rekor", { majorApiVersion: 2 })], tsaConfig: undefined },
  ],
])("refuses %s", (_, code, more) => {
  expect(codeOf(() => selected(more))).toBe(code);
});

test.each(["", "{", "[]", '{"a":1,"a":2}'])("refuses %j, which is no configuration", (text) => {
  expect(codeOf(() => signingServices(text, "signing.json", NOW, () => false))).toBe(
    "signing-config-invalid",
  );
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof DouaneError) return error.code;
    throw error;
  }
  return "none";
}
