import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type BlobValue, blobsOf, type ImageValue, indexOf, manifestOf } from "../../fixtures/image/image.ts";

export interface CaseRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  close(): Promise<void>;
}

/** Images by repository; of several, the repository holds an index. */
export type Repositories = Readonly<Record<string, ImageValue | readonly ImageValue[]>>;

/** Serves images by their repositories, under any tag or digest, for the length of one case. */
export async function serve(images: Repositories): Promise<CaseRegistry> {
  const server = createServer((request, response) => {
    const found = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(request.url ?? "");
    const image = images[found?.[1] ?? ""];
    const documents = image === undefined ? [] : documentsOf(image);
    const named = documents.find(({ digest }) => digest === found?.[3]);
    const blob = named ?? (found?.[2] === "manifests" ? documents[0] : undefined);
    if (blob === undefined) response.writeHead(404).end();
    else response.setHeader("content-type", blob.mediaType).end(blob.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The document of a tag, then all others. */
function documentsOf(image: ImageValue | readonly ImageValue[]): readonly BlobValue[] {
  const images = "layers" in image ? [image] : image;
  const all = images.flatMap((one) => [manifestOf(one), ...blobsOf(one)]);
  return "layers" in image ? all : [indexOf(images), ...all];
}
