import { expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/sbom-contents.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import { subjectName } from "./document.ts";

test.each<[ReferenceFacts, string]>([
  [
    { given: "portal:1", transport: "registry", registry: "docker.io", repository: "library/portal" },
    "docker.io/library/portal",
  ],
  [{ given: "podman:portal:1", transport: "podman", repository: "portal" }, "portal"],
  [{ given: "docker-archive:/home/me/portal.tar", transport: "docker-archive" }, "portal.tar"],
  [{ given: "./out/portal.tar", transport: "docker-archive" }, "portal.tar"],
  [{ given: "oci:../layouts/portal/:1.0.0", transport: "oci" }, "oci:../layouts/portal/:1.0.0"],
  [{ given: "oci:/layouts/portal:1.0.0", transport: "oci" }, "portal"],
  [{ given: "oci:portal", transport: "oci" }, "portal"],
])("%j is named %j", (reference, name) => {
  const subject = { reference, imageId: digestOf(1), platform: "linux/amd64", diffIds: [] };
  expect(subjectName(subject)).toBe(name);
});
