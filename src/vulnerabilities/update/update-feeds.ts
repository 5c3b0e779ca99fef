import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DouaneError } from "../../contract/error.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { WriteFailure, writing } from "../../files/write-failure.ts";
import type { Http } from "../../net/http/http.ts";
import { type CatalogSource, type Download, readCatalog } from "../database/catalog.ts";
import { locked } from "../database/lock.ts";
import { redateSources } from "../database/replace-sources.ts";
import { importFiles } from "../import/import-files.ts";
import { fetchFile } from "./fetch-file.ts";

export interface FeedUpdate {
  readonly url: string;
  readonly outcome:
    | { readonly status: "new" | "unchanged"; readonly sources: readonly CatalogSource[] }
    | { readonly status: "failed"; readonly problem: DouaneError };
}

export interface UpdateFeedsOptions {
  readonly http: Http;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress?: (url: string) => void;
}

/** Requests new data from each publisher in turn; a failure leaves its source unchanged. @throws WriteFailure */
export async function updateFeeds(
  directory: string,
  urls: readonly string[],
  options: UpdateFeedsOptions,
): Promise<readonly FeedUpdate[]> {
  const updates: FeedUpdate[] = [];
  writing(directory, () => makeFolders(directory));
  for (const url of urls) {
    options.signal.throwIfAborted();
    options.onProgress?.(url);
    updates.push({ url, outcome: await updateFeed(directory, new URL(url), options) });
  }
  return updates;
}

async function updateFeed(
  directory: string,
  url: URL,
  { http, now, signal }: UpdateFeedsOptions,
): Promise<FeedUpdate["outcome"]> {
  const known = downloadsOf(directory).get(url.href);
  const path = join(directory, "downloads", createHash("sha256").update(url.href).digest("hex"));
  try {
    const fetched = await locked(join(directory, `${hostName(url)}.lock`), () =>
      fetchFile(http, { url, path, signal, ...(known === undefined ? {} : { known }) }),
    );
    const date = dateBy(fetched.date, now);
    if (fetched.status === "unchanged") {
      return { status: "unchanged", sources: await redateSources(directory, url.href, date) };
    }
    const { sources } = await importFiles(directory, [{ path, name: `${url.host}${url.pathname}` }], {
      now,
      asOf: date,
      asOfFrom: "server",
      download: fetched.download,
      signal,
    });
    rmSync(path, { force: true });
    return { status: "new", sources };
  } catch (error) {
    if (!(error instanceof DouaneError) || error instanceof WriteFailure || signal.aborted) throw error;
    return { status: "failed", problem: error };
  }
}

function hostName(url: URL): string {
  return url.host.replace(/[^\w.-]/g, "_");
}

function downloadsOf(directory: string): ReadonlyMap<string, Download> {
  const sources = readCatalog(directory)?.sources ?? [];
  return new Map(
    sources.flatMap(({ download }) => (download === undefined ? [] : [[download.url, download]])),
  );
}

/** Date stated by the server, unless the date is in the future. */
function dateBy(said: string | undefined, now: Date): string {
  const here = now.toISOString();
  return said !== undefined && said < here ? said : here;
}
