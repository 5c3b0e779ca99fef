import type { ImageValue } from "../../fixtures/image/image.ts";
import { container, deployment, type Manifest, podSpec, yaml } from "../../fixtures/manifests.ts";
import type { Given } from "./given.ts";

/** Objects, or the text of a file, as `deploy/app.yaml`. */
export function manifests(...objects: readonly (Manifest | string)[]): Given {
  const text = objects.map((one) => (typeof one === "string" ? one : yaml(one))).join("---\n");
  return { files: { "deploy/app.yaml": text } };
}

/** A Deployment of one container that meets the contract, with the case's changes of container and pod. */
export function web(ofContainer: Manifest = {}, ofPod: Manifest = {}): Manifest {
  return deployment({ pod: podSpec({ containers: [server(ofContainer)], ...ofPod }) });
}

/** A container that meets the contract: it serves port 8080, and its image is given by `withImage`. */
export function server(overrides: Manifest = {}): Manifest {
  return container({
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/healthz", port: 8080 } },
    livenessProbe: { httpGet: { path: "/healthz", port: 8080 } },
    ...overrides,
  });
}

/** The same, and the image that its containers name as registry.example/aides/web. */
export function withImage(given: Given, image: ImageValue): Given {
  return { ...given, images: { ...given.images, "aides/web": image } };
}

/** A Dockerfile and the files beside it. */
export function dockerfile(text: string, tree: Readonly<Record<string, string | Uint8Array>> = {}): Given {
  return { files: { Dockerfile: text, ...tree }, operands: ["Dockerfile"] };
}
