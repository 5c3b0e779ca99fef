import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { madeOnce } from "../cache.ts";

const RECORDS = 100_000;
/** Counted up when the records become others. */
const RECIPE = "1";

/**
 * A zip of 100,000 OSV records as npm's export has them: half of them malware, the others advisories
 * with details of 2 KB, a rating and links. Made once.
 */
export function recordsArchive(): string {
  const folder = madeOnce("osv-records", `${RECIPE} ${RECORDS}`, (directory) =>
    writeArchive(join(directory, "all.zip")),
  );
  return join(folder, "all.zip");
}

function writeArchive(path: string): void {
  const random = randomNumbers(1);
  const file = openSync(path, "w");
  const listed: Buffer[] = [];
  let offset = 0;
  for (let index = 0; index < RECORDS; index++) {
    const { id, record } = recordOf(index, random);
    const { local, directory } = memberOf(`${id}.json`, JSON.stringify(record), offset);
    writeSync(file, local);
    listed.push(directory);
    offset += local.length;
  }
  const directory = Buffer.concat(listed);
  writeSync(file, directory);
  writeSync(file, endOf(directory.length, offset));
  closeSync(file);
}

function recordOf(index: number, random: () => number): { readonly id: string; readonly record: object } {
  const word = () =>
    Array.from({ length: 4 + Math.floor(random() * 8) }, () =>
      String.fromCharCode(97 + Math.floor(random() * 26)),
    ).join("");
  const isMalware = random() < 0.5;
  const name = `${random() < 0.3 ? `@${word()}/` : ""}${word()}-${word()}`;
  const id = isMalware ? `MAL-2026-${index}` : `GHSA-${word()}-${index}`;
  const day = String(10 + Math.floor(random() * 19));
  const common = {
    schema_version: "1.7.3",
    id,
    modified: `2026-05-${day}T08:00:00Z`,
    published: "2025-06-01T08:00:00Z",
    details: Array.from({ length: isMalware ? 60 : 250 }, word).join(" "),
    references: Array.from({ length: 4 }, () => ({
      type: "WEB",
      url: `https://example.com/${word()}/${word()}`,
    })),
  };
  const described = { ecosystem: "npm", name, purl: `pkg:npm/${name}` };
  if (isMalware) {
    const affected = [{ package: described, versions: ["1.0.0", "1.0.1"] }];
    return { id, record: { ...common, summary: `Malicious code in ${name} (npm)`, affected } };
  }
  const number = () => Math.floor(random() * 20);
  const fixed = `${number()}.${number()}.${number()}`;
  const record = {
    ...common,
    aliases: [`CVE-2026-${10_000 + index}`],
    summary: `${word()} in ${name} allows ${word()} ${word()}`,
    severity: [
      {
        type: "CVSS_V3",
        score: `CVSS:3.1/AV:N/AC:L/PR:${"NLH".charAt(index % 3)}/UI:N/S:U/C:${"NLH".charAt(number() % 3)}/I:N/A:H`,
      },
    ],
    affected: [
      { package: described, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed }] }] },
    ],
    database_specific: { cwe_ids: ["CWE-79"], severity: "HIGH" },
  };
  return { id, record };
}

/** APPNOTE 4.3.7 and 4.3.12. */
function memberOf(
  name: string,
  content: string,
  offset: number,
): { readonly local: Buffer; readonly directory: Buffer } {
  const plain = Buffer.from(content);
  const packed = deflateRawSync(plain);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(plain), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(plain.length, 22);
  local.writeUInt16LE(name.length, 26);
  const directory = Buffer.alloc(46);
  directory.writeUInt32LE(0x02014b50);
  directory.writeUInt16LE(8, 10);
  local.copy(directory, 16, 14, 28);
  directory.writeUInt32LE(offset, 42);
  return {
    local: Buffer.concat([local, Buffer.from(name), packed]),
    directory: Buffer.concat([directory, Buffer.from(name)]),
  };
}

/** APPNOTE 4.3.14 to 4.3.16: there are more members than 16 bits count. */
function endOf(length: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(RECORDS), 24);
  end.writeBigUInt64LE(BigInt(RECORDS), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt16LE(0xffff, 84);
  end.writeUInt16LE(0xffff, 86);
  end.writeUInt32LE(length, 88);
  end.writeUInt32LE(offset, 92);
  return end;
}

/** The linear congruential generator of C's rand(), so that records are the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}
