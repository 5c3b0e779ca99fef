// What servers keep in folders: each write fails in each way.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TokenUsesInFolder } from "../src/attest/notary/token-uses-in-folder.ts";
import { DouaneError } from "../src/contract/error.ts";
import { folderTlsStore } from "../src/server/authority/folder-store.ts";
import { CODES, withFault } from "./fixtures/file-faults.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const USE = { token: "a", body: "x", forgetAt: NOW + 3_600_000 };

const texts = (text: string) => ({ "ca.key": text, "ca.crt": text, "tls.key": text, "tls.crt": text });

interface Store {
  readonly name: string;
  /** Uses the store; rejects with the store's error. */
  readonly use: (folder: string) => Promise<unknown>;
  /** Exit codes of its errors. */
  readonly exits: readonly number[];
}

const STORES: readonly Store[] = [
  {
    name: "the notary's used tokens",
    use: async (folder) => {
      const uses = await TokenUsesInFolder.open(folder, "uses", NOW);
      return uses.record(USE, NOW);
    },
    exits: [64, 69],
  },
  {
    name: "the server's authority",
    use: async (folder) => {
      const store = folderTlsStore(join(folder, "tls"), () => NOW);
      const { version } = await store.read();
      const isMade = await store.replace(texts("one"), version);
      if (isMade) await store.publish("-----BEGIN CERTIFICATE-----");
      const again = await store.read();
      return [await store.replace(texts("two"), again.version), again.texts];
    },
    exits: [69],
  },
];

describe.each(STORES)("$name", ({ use, exits }) => {
  test("is whole or unchanged whatever fails, and is used afterwards", async () => {
    const clean = temporaryDirectory();
    const { operations } = await withFault(clean, undefined, () => use(clean));
    expect(operations.length).toBeGreaterThan(3);
    const names = namesBelow(clean);
    const found: string[] = [];
    for (const [at, { call }] of operations.entries()) {
      for (const code of CODES[call]) {
        const folder = temporaryDirectory();
        const about = `${code} at ${at} (${call})`;
        const { result } = await withFault(folder, { at, code }, () => use(folder).catch((error) => error));
        if (result instanceof Error && !(result instanceof DouaneError && exits.includes(result.exit)))
          found.push(`${about}: ${result.stack}`);
        if (result instanceof DouaneError && result.exit === 69 && result.text.fr === result.text.en)
          found.push(`${about}: one language`);
        const others = namesBelow(folder).filter((name) => !names.includes(name));
        if (others.length > 0) found.push(`${about}: leaves ${others.join(", ")}`);
        await use(folder).catch((error) => found.push(`${about}: then ${error}`));
      }
    }
    expect(found).toEqual([]);
  });
});

function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}
