import { list, object, oneOf, SAID, type Shape, TEXT } from "./shape.ts";

/** Versions that are read; the two earlier versions had no JSON. */
export const CYCLONEDX_VERSIONS: ReadonlySet<string> = new Set(["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]);

const PROPERTIES = list(object([], { name: TEXT, value: TEXT }));

const LICENSES = list(object([], { license: object([], { id: SAID, name: TEXT }), expression: TEXT }));

const TYPES = oneOf(
  "application",
  "framework",
  "library",
  "container",
  "platform",
  "operating-system",
  "device",
  "device-driver",
  "firmware",
  "file",
  "machine-learning-model",
  "data",
  "cryptographic-asset",
);

/** Component: https://cyclonedx.org/docs/1.6/json/#components_items */
const COMPONENT: Shape = object(["type", "name"], () => ({
  type: TYPES,
  name: TEXT,
  "bom-ref": SAID,
  group: TEXT,
  version: TEXT,
  purl: TEXT,
  cpe: TEXT,
  scope: oneOf("required", "optional", "excluded"),
  hashes: list(object(["alg", "content"], { alg: SAID, content: SAID })),
  licenses: LICENSES,
  properties: PROPERTIES,
  components: list(COMPONENT),
}));

const TOOL = object([], { vendor: TEXT, name: TEXT, version: TEXT });

/** Fields of CycloneDX JSON that are read, with their constraints in its schema. */
export const CYCLONEDX_SHAPE: Shape = object(["bomFormat", "specVersion"], {
  bomFormat: oneOf("CycloneDX"),
  specVersion: { kind: "text", values: CYCLONEDX_VERSIONS },
  serialNumber: TEXT,
  version: { kind: "number" },
  metadata: object([], {
    timestamp: TEXT,
    tools: { kind: "either", of: [list(TOOL), object([], { components: list(COMPONENT) })] },
    component: COMPONENT,
    properties: PROPERTIES,
  }),
  components: list(COMPONENT),
  dependencies: list(object(["ref"], { ref: SAID, dependsOn: list(SAID) })),
  compositions: list(object(["aggregate"], { aggregate: SAID })),
  vulnerabilities: list(object([], {})),
});
