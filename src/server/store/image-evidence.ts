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
  { pool, asking }: Database,
  onOther: (other: OtherVersion) => void = () => {},
  totalBytes: number = LIMITS.storedEvidenceTotalBytes,
): EvidencePort {
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
      await asking(() =>
        pool.query({
          name: "keep-image-evidence",
          // The length of a body that is stored beside its row is known without reading the body.
          text: `insert into douane.image_evidence (key, digest, version, body) select $1, $2, $3, $4
            where (select coalesce(sum(octet_length(body)), 0) from douane.image_evidence) + octet_length($4::bytea) <= $5
            on conflict (key) do update set digest = excluded.digest, version = excluded.version, body = excluded.body,
              collected_at = now()`,
          values: [`${digest} ${asked}`, image, version, body, totalBytes],
        }),
      );
    },
  };
}
