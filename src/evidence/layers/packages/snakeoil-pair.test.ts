import { expect, test } from "vitest";
import { SnakeoilPair } from "./snakeoil-pair.ts";

const KEY = "/etc/ssl/private/ssl-cert-snakeoil.key";
const CERTIFICATE = "/etc/ssl/certs/ssl-cert-snakeoil.pem";

/** Of pairs made for this test: `openssl req -x509 -newkey ec -nodes -subj /CN=…`. */
const PAIRS = {
  machine: {
    certificate:
      "MIIBijCCAS+gAwIBAgIUNX1yjw2/Y3T7SjooriIPtgxJDLYwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPYnVpbGRraXRzYW5kYm94MB4XDTI2MTEyOTEyNTgxNVoXDTM2MTEyNjEyNTgxNVowGjEYMBYGA1UEAwwPYnVpbGRraXRzYW5kYm94MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETf0qyMd8No/gfbyaYbL2jn/tiDAi/HdnktJJeKenIWd3DqOpV7S0ZBeeYkvgufwFWsU+WsAg/pdXb8WMujO+RqNTMFEwHQYDVR0OBBYEFBES5+ZJX1aUe6WTggBJlof6oDP1MB8GA1UdIwQYMBaAFBES5+ZJX1aUe6WTggBJlof6oDP1MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAK10c9oABcIiOf1l92jvsuKOtJnwHs+GImS93RGqtjolAiEA4+S62lzHLoqD/jcaH+unaDYCLlKbm7rtVCzuezNL0Bc=",
    key: "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsLiNTbygNXoxRPTObW7/ayT9+FcLstkUc6mCZpFcqUChRANCAARN/SrIx3w2j+B9vJphsvaOf+2IMCL8d2eS0kl4p6chZ3cOo6lXtLRkF55iS+C5/AVaxT5awCD+l1dvxYy6M75G",
  },
  site: {
    certificate:
      "MIIBijCCAS+gAwIBAgIUA8XCtYD86gCR+bx0iGrzauBK2XUwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPcG9ydGFpbC5jb3JwLmZyMB4XDTI2MTEyOTEyNTgxNVoXDTM2MTEyNjEyNTgxNVowGjEYMBYGA1UEAwwPcG9ydGFpbC5jb3JwLmZyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4BTE0K7N21A6aA6kH/IMNPlGJ5koT3Eeh3c49tlHG8t5ijePtKYs5QF1pBnhnrAAZbmeIKgbA39qLOrSpmqy/qNTMFEwHQYDVR0OBBYEFBsjh4GkfifmU6560cQ8jLIjkO0fMB8GA1UdIwQYMBaAFBsjh4GkfifmU6560cQ8jLIjkO0fMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAPXNayFHIqO6FjeDqpQ9MrPlS3vXT46axA/395S60XjKAiEAnwY+B61yuxErl3IhBLqOnc//J5rcMklTOn7G2VjQ30o=",
    key: "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgeW2OsypNGGFYt2H6FVx0+gfqtv4QBMxeb/Rhq/uIb4+hRANCAATgFMTQrs3bUDpoDqQf8gw0+UYnmShPcR6Hdzj22Ucby3mKN4+0pizlAXWkGeGesABluZ4gqBsDf2os6tKmarL+",
  },
  company: {
    certificate:
      "MIIBkTCCATegAwIBAgIUXk+DxxxSe0MirI+Yl5gMgUHviZQwCgYIKoZIzj0EAwIwHjENMAsGA1UEAwwEaG9zdDENMAsGA1UECgwEQ29ycDAeFw0yNjExMjkxMjU4MTVaFw0zNjExMjYxMjU4MTVaMB4xDTALBgNVBAMMBGhvc3QxDTALBgNVBAoMBENvcnAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATxcE/Yk4v5c/hhnjWWcgBQdOEcNlirEInNiWgj6GbIPA/vGy3ZQODDgyhNWVB0N/h8aTYSBHua+PgKAOSq+dCXo1MwUTAdBgNVHQ4EFgQUjP0dspel8lmaOWrQObRx7oLYm3UwHwYDVR0jBBgwFoAUjP0dspel8lmaOWrQObRx7oLYm3UwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAa1CPhYhwoOlWy3crWcQEo8pVT1biC3Rk4brzbKGQIEAIhAMxKcCkxSpRTp9uCn+27hDOYepJkadSqfxrQ/TgMzERe",
    key: "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW1iSX893JSxrmgmgm0ocsvZ76gh1NOdeDfFYXpOcOf6hRANCAATxcE/Yk4v5c/hhnjWWcgBQdOEcNlirEInNiWgj6GbIPA/vGy3ZQODDgyhNWVB0N/h8aTYSBHua+PgKAOSq+dCX",
  },
} as const;

function pem(label: string, body: string): Buffer {
  return Buffer.from(`-----BEGIN ${label}-----\n${body.replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`);
}

type Name = keyof typeof PAIRS;

function ownerOf(key?: Name, certificate?: Name, path = KEY): string | undefined {
  const pair = new SnakeoilPair();
  if (key !== undefined) pair.see(KEY, pem("PRIVATE KEY", PAIRS[key].key));
  if (certificate !== undefined) pair.see(CERTIFICATE, pem("CERTIFICATE", PAIRS[certificate].certificate));
  return pair.ownerOf(path);
}

test("the key beside its self-signed certificate of the machine is ssl-cert's", () => {
  expect(ownerOf("machine", "machine")).toBe("ssl-cert");
});

test.each<[string, Name | undefined, Name | undefined, string?]>([
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
  pair.see(CERTIFICATE, pem("CERTIFICATE", PAIRS.machine.certificate));
  pair.see(KEY, Buffer.from("no key"));
  expect(pair.ownerOf(KEY)).toBeUndefined();
  pair.see(KEY, Buffer.concat([pem("PRIVATE KEY", PAIRS.machine.key), Buffer.alloc(16 * 1024)]));
  expect(pair.ownerOf(KEY)).toBeUndefined();
});
