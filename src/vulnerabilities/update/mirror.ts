import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDigest, sha256 } from "../../contract/digest.ts";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { writeStream } from "../../files/draft-file.ts";
import { WriteFailure } from "../../files/write-failure.ts";
import { fieldsOf } from "../../json/fields.ts";
import type { Http } from "../../net/http/http.ts";
import { parseReference, type Reference } from "../../net/reference.ts";
import type { RegistryClient } from "../../net/registry/client.ts";
import { fetchDocument } from "../../net/registry/document.ts";
import { download } from "../../net/registry/download.ts";
import type { Download } from "../database/catalog.ts";
import { MEDIA_TYPES, SIGNATURE_ANNOTATION } from "../database/data-index.ts";
import { fetchFile } from "./fetch-file.ts";

/** A mirror's offer: the index of its data, possibly signed, not yet verified. */
export interface Offered {
  readonly index: Uint8Array;
  /** Signature in Base64; "" if there is none. */
  readonly signature: string;
  /** Validators for the next conditional request. */
  readonly download?: Download;
}

/** A location of exported data. */
export interface Mirror {
  /** Name in messages. */
  readonly name: string;
  /** The mirror's offer; undefined if the offer has not changed since the last request. */
  offered(known: Download | undefined): Promise<Offered | undefined>;
  /** Downloads a blob into a file; the caller verifies size and SHA-256. */
  blob(sha256: string, bytes: number, path: string): Promise<void>;
}

export interface MirrorConnection {
  readonly http: Http;
  readonly client: (reference: Reference) => RegistryClient;
  readonly signal: AbortSignal;
  /** Folder for downloads until they are used, absolute. */
  readonly spool: string;
}

/** @param address `oci://registry/name:tag`, `https://host/folder`, or a folder's absolute path */
export function mirrorAt(address: string, connection: MirrorConnection): Mirror {
  if (address.startsWith("oci://")) return registryMirror(address, connection);
  return /^https?:\/\//.test(address) ? webMirror(address, connection) : folderMirror(address);
}

function folderMirror(folder: string): Mirror {
  const readBlob = (digest: string) => readFileSync(blobPath(folder, digest));
  return {
    name: folder,
    offered: async () => {
      try {
        return await offeredBy(readFileSync(join(folder, "index.json")), folder, async (digest) =>
          readBlob(digest),
        );
      } catch (error) {
        if (error instanceof InvalidInputError) throw error;
        throw notThere(folder, error);
      }
    },
    async blob(hash, _, path) {
      try {
        await writeStream(path, createReadStream(blobPath(folder, `sha256:${hash}`)));
      } catch (error) {
        throw error instanceof WriteFailure ? error : notThere(folder, error);
      }
    },
  };
}

function blobPath(folder: string, digest: string): string {
  return join(folder, "blobs", "sha256", digest.slice("sha256:".length));
}

/** Mirror in the form of a layout on a web server. */
function webMirror(address: string, { http, signal, spool }: MirrorConnection): Mirror {
  const base = new URL(address.endsWith("/") ? address : `${address}/`);
  const blobUrl = (digest: string) => new URL(`blobs/sha256/${digest.slice("sha256:".length)}`, base);
  const document = async (digest: string): Promise<Uint8Array> => {
    const path = join(spool, digest.slice("sha256:".length));
    await fetchFile(http, {
      url: blobUrl(digest),
      path,
      size: LIMITS.manifestBytes,
      signal,
      isShorter: true,
    });
    return readFileSync(path);
  };
  return {
    name: base.host,
    async offered(known) {
      const path = join(spool, "index.json");
      const url = new URL("index.json", base);
      const same = known?.url === url.href ? { known } : {};
      const fetched = await fetchFile(http, {
        url,
        path,
        ...same,
        size: LIMITS.manifestBytes,
        signal,
        isShorter: true,
      });
      if (fetched.status === "unchanged") return undefined;
      const offered = await offeredBy(readFileSync(path), base.host, document);
      return { ...offered, download: fetched.download };
    },
    async blob(hash, size, path) {
      await fetchFile(http, { url: blobUrl(`sha256:${hash}`), path, size, signal });
    },
  };
}

function registryMirror(address: string, { client: clientOf, signal }: MirrorConnection): Mirror {
  const name = address.slice("oci://".length);
  const reference = parseReference(name);
  const client = clientOf(reference);
  const document = (path: string, accept: string) =>
    fetchDocument(client, { path, accept, limit: LIMITS.manifestBytes, what: name }, () => undefined);
  return {
    name,
    async offered(known) {
      const tag = reference.digest ?? reference.tag ?? "latest";
      const manifest = await document(`manifests/${tag}`, MEDIA_TYPES.manifest);
      const digest = sha256(manifest);
      if (known?.url === address && known.etag === digest) return undefined;
      const read = (blob: string) => document(`blobs/${blob}`, "*/*");
      return { ...(await offeredByManifest(manifest, name, read)), download: { url: address, etag: digest } };
    },
    async blob(hash, size, path) {
      signal.throwIfAborted();
      const descriptor = { mediaType: "", digest: `sha256:${hash}` as const, size, annotations: {} };
      await writeStream(path, download(client, descriptor));
    },
  };
}

type ReadBlob = (digest: string) => Promise<Uint8Array>;

/** Offer by the index of a layout. */
async function offeredBy(index: Uint8Array, name: string, read: ReadBlob): Promise<Offered> {
  const { manifests } = fieldsOf(parsed(index, name));
  const listed = (Array.isArray(manifests) ? manifests : []).map(fieldsOf);
  const found = listed.find(({ artifactType }) => artifactType === MEDIA_TYPES.artifact) ?? listed[0] ?? {};
  return offeredByManifest(await readVerified(found["digest"], name, read), name, read);
}

async function offeredByManifest(manifest: Uint8Array, name: string, read: ReadBlob): Promise<Offered> {
  const { config, annotations } = fieldsOf(parsed(manifest, name));
  const { digest, mediaType } = fieldsOf(config);
  if (mediaType !== MEDIA_TYPES.index) throw notExported(name);
  const signature = fieldsOf(annotations)[SIGNATURE_ANNOTATION];
  const index = await readVerified(digest, name, read);
  return { index, signature: typeof signature === "string" ? signature : "" };
}

async function readVerified(digest: unknown, name: string, read: ReadBlob): Promise<Uint8Array> {
  if (typeof digest !== "string" || !isDigest(digest)) throw notExported(name);
  const bytes = await read(digest);
  const actual = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (actual !== digest) throw changedOnTheWay(name, digest, actual);
  return bytes;
}

function parsed(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    throw notExported(name);
  }
}

export function changedOnTheWay(name: string, expected: string, actual: string): InvalidInputError {
  return new InvalidInputError("digest-mismatch", {
    fr: `${quoted(name)} envoie autre chose que ce qui est annoncé : ${expected} attendue, ${actual} calculée. Les données de cette machine restent.`,
    en: `${quoted(name)} sends something else than is announced: ${expected} expected, ${actual} computed. This machine's data stay.`,
  });
}

function notExported(name: string): InvalidInputError {
  return new InvalidInputError("vulnerability-index-malformed", {
    fr: `${quoted(name)} : ce ne sont pas des données exportées par douane (douane vulns export). Les données de cette machine restent.`,
    en: `${quoted(name)}: this is not an export of vulnerability data by douane (\`douane vulns export\`). This machine's data stay.`,
  });
}

function notThere(folder: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    "mirror-unreadable",
    {
      fr: `Aucun export lisible dans ${quoted(folder)}. Vérifier le chemin et les droits.`,
      en: `No readable export in ${quoted(folder)}. Check the path and the permissions.`,
    },
    { cause },
  );
}
