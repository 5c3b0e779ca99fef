import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { blobsOf, type ImageValue, manifestOf } from "../../fixtures/image/image.ts";

export interface CaseRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  close(): Promise<void>;
}

/** Serves images by their repositories, under any tag or digest, for the length of one case. */
export async function serve(images: Readonly<Record<string, ImageValue>>): Promise<CaseRegistry> {
  const server = createServer((request, response) => {
    const found = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(request.url ?? "");
    const image = images[found?.[1] ?? ""];
    const documents = image === undefined ? [] : [manifestOf(image), ...blobsOf(image)];
    const [manifest] = documents;
    const blob =
      found?.[2] === "manifests" ? manifest : documents.find(({ digest }) => digest === found?.[3]);
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
