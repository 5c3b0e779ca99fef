// Variants of the cases of other topics: files written by the tools themselves, addresses with passwords,
// names that only look like secrets.

import { deflateSync } from "node:zlib";
import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, podSpec } from "../../fixtures/manifests.ts";
import { KEY, noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";
import { image } from "../given/image.ts";

/** `jeton: glpat-…` as xz 5.8 writes it, in its own format and in lzma's of three sizes of dictionary. */
const XZ = {
  "of its own":
    "/Td6WFoAAATm1rRGBMAmIiEBFgAAAAAAAAAAADz42DIBACFqZXRvbjogZ2xwYXQtZ1VFaUV2MjhKVHU1bWdZMExyaVMKAAAA6wzWut8DEJ4AAUIiSNmpNx+2830BAAAAAARZWg==",
  "with SHA-256":
    "/Td6WFoAAArh+wyhBMAmIiEBFgAAAAAAAAAAADz42DIBACFqZXRvbjogZ2xwYXQtZ1VFaUV2MjhKVHU1bWdZMExyaVMKAAAA0zcYDO6dJiWTBtkc3wyY3ef5kXvdI3YhJdyE5QWvc0sAAVoiEUGytRibS5oBAAAAAApZWg==",
};
const LZMA = ["XQAAEAD//////////wA1GUrv", "XQAAAAT//////////wA1GUrv", "XQAAgAD//////////wA1GUrv"];

/** A pack of git with these objects, whole: commits (1) and blobs (3). */
function pack(...objects: readonly (readonly [kind: 1 | 3, content: string])[]): Uint8Array {
  const head = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  head.writeUInt32BE(objects.length, 8);
  const bodies = objects.flatMap(([kind, content]) => [sizeOf(kind, content.length), deflateSync(content)]);
  return Buffer.concat([head, ...bodies, Buffer.alloc(20)]);
}

/** Length of an object of git: four bits in the byte of the kind, then seven a byte. */
function sizeOf(kind: number, length: number): Buffer {
  const bytes = [(kind << 4) | (length & 15)];
  for (let rest = length >> 4; rest > 0; rest >>= 7) {
    bytes.push((bytes.pop() ?? 0) | 128, rest & 127);
  }
  return Buffer.from(bytes);
}

function file(name: string, path: string, content: Uint8Array | string, answer: Answer, why: string): Case {
  return one(name, image({ files: { [path]: content } }), "no-baked-state", answer, why);
}

function env(entry: string, answer: Answer, why: string): Case {
  return one(entry, image({ config: { Env: [entry] } }), "no-baked-state", answer, why);
}

function injected(name: string, container: object, answer: Answer, why: string): Case {
  return one(name, manifests(web({ ...container })), "env-config", answer, why);
}

function proxy(name: string, pod: Parameters<typeof deployment>[0], answer: Answer, why: string): Case {
  const spec = podSpec({ containers: [server({ image: "auto" })] });
  return one(name, manifests(deployment({ pod: spec, ...pod })), "immutable-tag", answer, why);
}

function one(name: string, given: Case["given"], row: RowId, answer: Answer, why: string): Case {
  const trap = answer === "no" ? {} : { trap: true as const };
  return { name, given, expect: { [row]: answer }, ...trap, why };
}

const READABLE = "1.4: whoever pulls the image unpacks what it holds.";
const UNREAD = "What nobody could look into may hold a secret.";
const SERVICE = "A password for a service of the cluster.";

export const cases: Cases = [
  ...Object.entries(XZ).map(([name, text]) =>
    file(`a token in xz, ${name}`, "srv/lot", Buffer.from(text, "base64"), "no", READABLE),
  ),
  ...LZMA.map((text, size) => unread(`lzma with dictionary ${size}`, Buffer.from(text, "base64"))),
  unread(
    "a bundle of git",
    "# v2 git bundle\n0123456789012345678901234567890123456789 refs/heads/main\n\nPACK",
  ),
  file(
    "a key in a pack of git",
    "app/.git/objects/pack/pack-a.pack",
    pack([1, "tree a\n"], [3, KEY]),
    "no",
    READABLE,
  ),
  file("a token in the message of a packed commit", "srv/p", pack([1, `glpat-${noise(20)}`]), "no", READABLE),
  file(
    "a pack of git without a secret",
    "srv/p",
    pack([1, "tree a\n"], [3, "# Lisez-moi\n"]),
    "yes",
    "Nothing in it.",
  ),
  file("a text about bundles of git", "srv/a.md", "# v2 git bundles, in short\n", "yes", "A heading."),

  env(`REDIS_URL=redis://:${noise(12)}@redis:6379/0`, "no", SERVICE),
  env(`AMQP_URL=amqp://web:${noise(12)}@rabbitmq/`, "no", SERVICE),
  env(`MONGO=mongodb://web:${noise(12)}@mongo-0,mongo-1/app`, "no", SERVICE),
  env("DATABASE_URL=postgres://web@db:5432/x", "yes", "No password."),
  env("REDIS_URL=redis://:@redis:6379/0", "yes", "An empty one."),
  env("DATABASE_URL=postgres://user:password@db:5432/x", "yes", "Words that hold a place."),
  env(`STRIPE_KEY=${noise(32)}`, "no", "A key of a vendor that charges cards."),
  env("STRIPE_PUBLIC_KEY=pk_live_0123456789abcdefghijklmn", "yes", "What every browser is given."),

  injected(
    "the address of public keys",
    { env: [{ name: "JWKS_SECRET_URI", value: "https://sso.gouv.fr/jwks" }] },
    "yes",
    "An address.",
  ),
  injected(
    "names of Secrets behind flags",
    { args: ["--tls-secret=web-tls", "--registry-secret-name", "regcred"] },
    "yes",
    "They name objects.",
  ),
  injected(
    "the key of a Secret",
    { env: [{ name: "SECRET_KEY_NAME", value: "password" }] },
    "yes",
    "Where it stands.",
  ),
  injected(
    "a token behind a flag",
    { args: [`--registry-token=glpat-${noise(20)}`] },
    "no",
    "A value, not a name.",
  ),

  proxy(
    "auto, injected",
    { podAnnotations: { "sidecar.istio.io/inject": "true" } },
    "unproven",
    "Istio replaces it.",
  ),
  proxy(
    "auto, injected by a template",
    { podAnnotations: { "inject.istio.io/templates": "gateway" } },
    "unproven",
    "Istio replaces it.",
  ),
  proxy(
    "auto, where injection is switched off",
    { podAnnotations: { "sidecar.istio.io/inject": "false" } },
    "no",
    "An image without a tag.",
  ),
];

function unread(name: string, content: Uint8Array | string): Case {
  const given = image({ files: { "srv/lot": content } });
  return { name, given, expect: { "no-baked-state": "unproven" }, why: UNREAD };
}
