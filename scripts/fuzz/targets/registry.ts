import { DouaneError } from "../../../src/contract/error.ts";
import { parseConfig } from "../../../src/image/documents/config.ts";
import { parseManifest } from "../../../src/image/documents/manifest.ts";
import { decoded } from "../../../src/net/http/content-encoding.ts";
import { hostPolicy } from "../../../src/net/http/hosts.ts";
import type { HttpResponse } from "../../../src/net/http/http.ts";
import { exceptionsOf } from "../../../src/net/http/no-proxy.ts";
import { Transient } from "../../../src/net/http/retry.ts";
import { parseRegistriesConf } from "../../../src/net/mirrors/registries-conf.ts";
import { answerError, errorInSuccess } from "../../../src/net/registry/answer-error.ts";
import { fetchToken } from "../../../src/net/registry/bearer-token.ts";
import { parseChallenges } from "../../../src/net/registry/challenge.ts";
import {
  configOf,
  emptyImage,
  indexOf,
  manifestOf,
  withConfig,
  withLayer,
} from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import type { Target } from "../target.ts";

const IMAGE = withConfig(withLayer(emptyImage(), layerOf([{ path: "a", content: "x" }])), { User: "1000" });
const DIGEST = `sha256:${"0".repeat(64)}` as const;
const REALM = { scheme: "bearer", parameters: new Map([["realm", "https://auth.example/token"]]) };
const HOSTS = hostPolicy([]);

/** Answers of a registry: documents, challenges, tokens and errors. Each input is read as all of them. */
export const registry: Target = {
  name: "registry",
  seeds: [
    ...[manifestOf(IMAGE), configOf(IMAGE), indexOf([IMAGE])].map(({ bytes }) => Buffer.from(bytes)),
    Buffer.from(
      'Bearer realm="https://auth.example/token",service="r",scope="repository:a:pull", Basic realm=r',
    ),
    Buffer.from('{"token":"abc","access_token":"abc","expires_in":300}'),
    Buffer.from('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"unknown","detail":{"Tag":"1"}}]}'),
    Buffer.from("<!DOCTYPE html><title>Portail</title>"),
    Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>m</Message></Error>'),
    Buffer.from(
      '[[registry]]\nprefix = "*.a.example"\nlocation = "b.example/c"\n[[registry.mirror]]\nlocation = "d.example"\npull-from-mirror = "tag-only"\n',
    ),
    Buffer.from("10.0.0.0/8,.example.com:5000,[2001:db8::1]:443,*"),
  ],
  async run(input) {
    await refusable(() => parseManifest(input, DIGEST, "application/vnd.oci.image.index.v1+json"));
    await refusable(() => parseConfig(input, DIGEST));
    await refusable(() => decoded(answering(200, input, "gzip"), input, 4096));
    for (const status of [401, 404, 429, 511])
      await refusable(() => answerError(answering(status, input), "x"));
    await refusable(() => errorInSuccess(answering(200, input), input, "x"));
    await refusable(() => parseRegistriesConf(input.toString("utf8"), "registries.conf"));
    await refusable(() => exceptionsOf(input.toString("latin1"))(new URL("https://10.1.2.3:5000/")));
    const http = { send: async () => answering(200, input), close: async () => undefined };
    const connection = {
      http,
      hosts: HOSTS,
      registry: "registry.example",
      name: "registry.example",
      actions: "pull",
    } as const;
    await refusable(() => fetchToken(connection, REALM, "a", undefined));
    for (const challenge of parseChallenges([input.toString("latin1")])) {
      await refusable(() => fetchToken(connection, challenge, "a", undefined));
    }
  },
};

/** Runs a reading; a refusal is a valid result, and the other readings follow. */
async function refusable(reading: () => unknown): Promise<void> {
  try {
    await reading();
  } catch (error) {
    if (!(error instanceof DouaneError || error instanceof Transient)) throw error;
  }
}

/** The input is each header, too. */
function answering(status: number, bytes: Buffer, encoding?: string): HttpResponse {
  const text = bytes.toString("latin1");
  const header = (name: string) => (name === "content-encoding" ? (encoding ?? text) : text);
  return {
    url: new URL("https://registry.example/v2/"),
    status,
    header,
    headers: (name) => [header(name)],
    body: once(bytes),
    discard: async () => undefined,
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
