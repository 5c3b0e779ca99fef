import { expect, test } from "vitest";
import { type PairName, snakeoilCertificate, snakeoilKey } from "../../../../test/fixtures/snakeoil.ts";
import { SnakeoilPair } from "./snakeoil-pair.ts";

const KEY = "/etc/ssl/private/ssl-cert-snakeoil.key";
const CERTIFICATE = "/etc/ssl/certs/ssl-cert-snakeoil.pem";

function ownerOf(key?: PairName, certificate?: PairName, path = KEY): string | undefined {
  const pair = new SnakeoilPair();
  if (key !== undefined) pair.see(KEY, snakeoilKey(key));
  if (certificate !== undefined) pair.see(CERTIFICATE, snakeoilCertificate(certificate));
  return pair.ownerOf(path);
}

test("the key beside its self-signed certificate of the machine is ssl-cert's", () => {
  expect(ownerOf("machine", "machine")).toBe("ssl-cert");
});

test.each<[string, PairName | undefined, PairName | undefined, string?]>([
  ["a key alone", "machine", undefined],
  ["a certificate alone", undefined, "machine"],
  ["another key than the certificate's", "site", "machine"],
  ["the pair of a site", "site", "site"],
  ["the pair of a company", "company", "company"],
  ["another path", "machine", "machine", "/etc/ssl/private/portal.key"],
])("%s is nobody's package", (_, key, certificate, path) => {
  expect(ownerOf(key, certificate, path)).toBeUndefined();
});

test("what is no key, or too long for one, is none", () => {
  const pair = new SnakeoilPair();
  pair.see(CERTIFICATE, snakeoilCertificate("machine"));
  pair.see(KEY, Buffer.from("no key"));
  expect(pair.ownerOf(KEY)).toBeUndefined();
  pair.see(KEY, Buffer.concat([snakeoilKey("machine"), Buffer.alloc(16 * 1024)]));
  expect(pair.ownerOf(KEY)).toBeUndefined();
});
