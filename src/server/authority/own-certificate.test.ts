import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderTlsStore } from "./folder-store.ts";
import { ownCertificate, type TlsStore } from "./own-certificate.ts";

const NOW = Date.parse("2027-03-01T12:00:00Z");
const DAY_MS = 86_400_000;
const root = mkdtempSync(join(tmpdir(), "douane-authority-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Store in memory, as replicas share it. */
function memoryStore(now = NOW): TlsStore & { readonly published: string[]; writes: number } {
  let [texts, version]: [Readonly<Record<string, string>>, number] = [{}, 0];
  const published: string[] = [];
  return {
    name: "memory",
    published,
    writes: 0,
    read: async () => ({ texts, version: `${version}`, now }),
    async replace(next, seen) {
      if (seen !== `${version}`) return false;
      [texts, version] = [{ ...next }, version + 1];
      this.writes += 1;
      return true;
    },
    publish: async (text) => void published.push(text),
  };
}

test("replicas that start at the same time have one authority and one certificate", async () => {
  const store = memoryStore();
  const certificates = await Promise.all(
    Array.from({ length: 5 }, () => ownCertificate(store, ["localhost"])),
  );
  expect(new Set(certificates.map(({ cert }) => cert)).size).toBe(1);
  expect([store.writes, new Set(store.published).size]).toEqual([1, 1]);
  expect(certificates[0]).toMatchObject({
    names: ["DNS:localhost"],
    until: NOW + 90 * DAY_MS,
    authority: { until: NOW + 3_650 * DAY_MS, certs: store.published[0] },
  });
});

test("a store in which others always write first ends in an error", async () => {
  const store: TlsStore = { ...memoryStore(), replace: async () => false };
  await expect(ownCertificate(store, ["a"])).rejects.toMatchObject({ code: "tls-store-busy", exit: 69 });
});

test("whether the webhooks trust the issuer is said where it is known", async () => {
  const store = memoryStore();
  const unknown = await ownCertificate(store, ["a"]);
  const seen = async (...trusted: readonly string[]) =>
    ownCertificate({ ...store, read: async () => ({ ...(await store.read()), trusted: new Set(trusted) }) }, [
      "a",
    ]);
  const der = unknown.authority.certs.replaceAll(/-----[A-Z ]+-----|\n/g, "");
  expect([
    unknown.authority.trust,
    (await seen()).authority.trust,
    (await seen(der)).authority.trust,
  ]).toEqual([undefined, "untrusted", "trusted"]);
});

describe("in a folder", () => {
  test("the authority is kept for the server alone, its certificate for everybody", async () => {
    const folder = join(root, "kept", "tls");
    const first = await ownCertificate(
      folderTlsStore(folder, () => NOW),
      ["localhost"],
    );
    expect(statSync(join(folder, "authority.json")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, "ca.crt"), "utf8")).toBe(first.authority.certs);
    const again = await ownCertificate(
      folderTlsStore(folder, () => NOW + DAY_MS),
      ["localhost"],
    );
    expect(again.cert).toBe(first.cert);
    const later = await ownCertificate(
      folderTlsStore(folder, () => NOW + 61 * DAY_MS),
      ["localhost"],
    );
    expect(later.cert).not.toBe(first.cert);
    expect(later.authority.certs).toBe(first.authority.certs);
  });

  test("of two servers that start at the same time, one makes the authority", async () => {
    const folder = join(root, "twice");
    const stores = [folderTlsStore(folder, () => NOW), folderTlsStore(folder, () => NOW)];
    const [one, other] = await Promise.all(stores.map((store) => ownCertificate(store, ["localhost"])));
    expect(one?.cert).toBe(other?.cert);
    const { version } = await folderTlsStore(join(root, "absent"), () => NOW).read();
    const texts = { "ca.crt": "", "ca.key": "", "tls.crt": "", "tls.key": "" };
    expect(await stores[0]?.replace(texts, version)).toBe(false);
  });

  test.each([
    ["", "tls-material"],
    ["[]", "tls-material"],
    ["{}", "tls-material"],
    ["x", "tls-material"],
    ['{"ca.crt":"x"}', "tls-material"],
  ])("a file of %j is refused, and stays", async (text, code) => {
    const folder = mkdtempSync(join(root, "broken-"));
    writeFileSync(join(folder, "authority.json"), text);
    const made = ownCertificate(
      folderTlsStore(folder, () => NOW),
      ["localhost"],
    );
    await expect(made).rejects.toMatchObject({ code });
    expect(readFileSync(join(folder, "authority.json"), "utf8")).toBe(text);
  });

  test("a folder that cannot be made is named", async () => {
    writeFileSync(join(root, "file"), "");
    const made = ownCertificate(
      folderTlsStore(join(root, "file", "tls"), () => NOW),
      ["localhost"],
    );
    await expect(made).rejects.toMatchObject({ code: "tls-folder", exit: 69 });
  });
});
