import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import type { EvidencePort } from "../../assess/run/evidence-port.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Database } from "./database/connect.ts";

const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];

/** Compression level at which evidence of 1 MB takes 5 ms and shrinks to a tenth. */
const PACKED = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Evidence that another version collected, which is not judged. */
export interface OtherVersion {
  readonly digest: string;
}

/**
 * Evidence of images, by which they are judged again without their registry. Evidence of other versions of
 * rules, analyzers or catalogers is reported and replaced by a new examination, never used.
 *
 * @param onOther called for evidence of another version
 * @param totalBytes compressed size of all evidence from which no more is stored
 */
export function imageEvidence(
  database: Database,
  onOther: (other: OtherVersion) => void = () => {},
  totalBytes: number = LIMITS.storedEvidenceTotalBytes,
): EvidencePort {
  const { pool, asking } = database;
  const stored = storedSize(database);
  return {
    async find({ digest, asked, version }) {
      const { rows } = await asking(() =>
        pool.query<{ version: string; body: Buffer; collected_at: Date }>({
          name: "image-evidence",
          text: "select version, body, collected_at from douane.image_evidence where key = $1",
          values: [`${digest} ${asked}`],
        }),
      );
      const [row] = rows;
      if (row === undefined) return undefined;
      if (row.version !== version) {
        onOther({ digest });
        return undefined;
      }
      const text = await decompress(row.body, { maxOutputLength: LIMITS.storedEvidenceBytes });
      return { text: text.toString("utf8"), collectedAt: row.collected_at.toISOString() };
    },
    async keep({ digest, asked, version }, image, text) {
      if (Buffer.byteLength(text) > LIMITS.storedEvidenceBytes) return;
      const body = await compress(text, PACKED);
      if ((await stored.bytes()) + body.length > totalBytes) return;
      await asking(() =>
        pool.query({
          name: "keep-image-evidence",
          text: `insert into douane.image_evidence (key, digest, version, body) values ($1, $2, $3, $4)
            on conflict (key) do update set digest = excluded.digest, version = excluded.version, body = excluded.body,
              collected_at = now()`,
          values: [`${digest} ${asked}`, image, version, body],
        }),
      );
      stored.add(body.length);
    },
  };
}

/** Milliseconds for which a sum of the stored sizes counts, with what this process adds. */
const SUM_MS = 60_000;

/**
 * Size of all stored evidence. It is summed once a minute, since a sum reads every row: what other processes add within
 * a minute is small beside the bound.
 */
function storedSize({ pool, asking }: Database) {
  let summed: { readonly bytes: Promise<number>; readonly at: number } | undefined;
  let added = 0;
  async function sum(): Promise<number> {
    // The length of a body that is stored beside its row is known without reading the body.
    const { rows } = await asking(() =>
      pool.query<{ bytes: string }>(
        "select coalesce(sum(octet_length(body)), 0) as bytes from douane.image_evidence",
      ),
    );
    return Number(rows[0]?.bytes ?? 0);
  }
  return {
    /** @throws as databaseError() */
    async bytes(): Promise<number> {
      const now = performance.now();
      if (summed === undefined || now - summed.at > SUM_MS) {
        added = 0;
        summed = { bytes: sum(), at: now };
        summed.bytes.catch(() => (summed = undefined));
      }
      return (await summed.bytes) + added;
    },
    add(bytes: number): void {
      added += bytes;
    },
  };
}
