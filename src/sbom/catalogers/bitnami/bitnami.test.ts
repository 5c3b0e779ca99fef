import { expect, test } from "vitest";
import { BITNAMI_COMPONENTS } from "./component-list.ts";
import { BITNAMI_SPDX } from "./component-sbom.ts";

test("its list: versions without the number of Bitnami's build", () => {
  const list = {
    wordpress: { arch: "amd64", digest: "ab", distro: "debian-12", type: "NAMI", version: "5.0.0-0" },
    "wp-cli": { version: "2.9.0-11" },
    "open-jdk": { version: "17.0.10-13-2" },
  };
  const stated = (text: string) =>
    BITNAMI_COMPONENTS.packages({ path: "/opt/bitnami/.bitnami_components.json", bytes: Buffer.from(text) });
  expect(stated(JSON.stringify(list))).toEqual([
    { type: "generic", name: "wordpress", version: "5.0.0", architecture: "amd64" },
    { type: "generic", name: "wp-cli", version: "2.9.0" },
    { type: "generic", name: "open-jdk", version: "17.0.10-13" },
  ]);
  expect(() => stated('{"wordpress": {}}')).toThrow("wordpress without a version");
  for (const entry of ["null", '"1.0"', "[]", '{"version": 1}'])
    expect(() => stated(`{"wordpress": ${entry}}`)).toThrow("wordpress without a version");
  expect(
    BITNAMI_COMPONENTS.names.some((name) => "/opt/bitnami/.bitnami_components.json".endsWith(name)),
  ).toBe(true);
  expect(BITNAMI_COMPONENTS.reads("/opt/bitnami/.bitnami_components.json")).toBe(true);
  expect(() => stated("[]")).toThrow("no JSON object");
  expect(() => stated('{"wordpress"')).toThrow(SyntaxError);
});

const SPDX = {
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "SPDX document for wordpress 5.0.0",
  documentNamespace: "https://bitnami.com/spdxdocs/wordpress-5.0.0",
  creationInfo: { created: "2024-01-01T00:00:00Z", creators: ["Organization: x"] },
  packages: ["pkg:bitnami/wordpress@5.0.0-0?arch=amd64&distro=debian-12", "pkg:composer/a/b@1.2.3"].map(
    (referenceLocator, index) => ({
      SPDXID: `SPDXRef-${index}`,
      name: index === 0 ? "wordpress" : "a/b",
      versionInfo: index === 0 ? "5.0.0-0" : "1.2.3",
      downloadLocation: "NOASSERTION",
      externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator }],
    }),
  ),
};

test("its SPDX documents: the program, and what is within it", () => {
  const path = "/opt/bitnami/wordpress/.spdx-wordpress.spdx";
  const stated = (text: string) => BITNAMI_SPDX.packages({ path, bytes: Buffer.from(text) });
  expect(BITNAMI_SPDX.reads(path)).toBe(true);
  expect(BITNAMI_SPDX.reads("/app/portal.spdx")).toBe(false);
  expect(stated(JSON.stringify(SPDX))).toMatchObject([
    { type: "generic", name: "wordpress", version: "5.0.0" },
    { type: "composer", namespace: "a", name: "b", version: "1.2.3" },
  ]);
  expect(() => stated("{")).toThrow("no packages");
  expect(() => stated(JSON.stringify({ ...SPDX, packages: [] }))).toThrow("no packages");
});
