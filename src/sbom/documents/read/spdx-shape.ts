import { list, object, SAID, type Shape, TEXT } from "./shape.ts";

const RELATIONSHIP = object(["spdxElementId", "relationshipType", "relatedSpdxElement"], {
  spdxElementId: SAID,
  relationshipType: SAID,
  relatedSpdxElement: SAID,
});

const CHECKSUMS = list(object(["algorithm", "checksumValue"], { algorithm: SAID, checksumValue: SAID }));

/**
 * Fields of SPDX 2 JSON that are read, with their constraints in its schema. Enumerations are excluded, since
 * common tools use other words (trivy's `OPERATING-SYSTEM`).
 */
export const SPDX_SHAPE: Shape = object(
  ["spdxVersion", "SPDXID", "name", "dataLicense", "creationInfo", "documentNamespace"],
  {
    spdxVersion: SAID,
    SPDXID: SAID,
    name: TEXT,
    documentNamespace: SAID,
    creationInfo: object(["created", "creators"], { created: SAID, creators: list(SAID) }),
    packages: list(
      object(["SPDXID", "name", "downloadLocation"], {
        SPDXID: SAID,
        name: TEXT,
        versionInfo: TEXT,
        supplier: TEXT,
        sourceInfo: TEXT,
        comment: TEXT,
        licenseDeclared: TEXT,
        attributionTexts: list(TEXT),
        checksums: CHECKSUMS,
        externalRefs: list(
          object(["referenceCategory", "referenceType", "referenceLocator"], {
            referenceCategory: SAID,
            referenceType: SAID,
            referenceLocator: TEXT,
          }),
        ),
      }),
    ),
    relationships: list(RELATIONSHIP),
  },
);

/** Fields of SPDX 3 JSON-LD that are read: its elements, by type. */
export const SPDX3_SHAPE: Shape = object(["@context", "@graph"], {
  "@graph": list(
    object(["type"], {
      type: SAID,
      spdxId: SAID,
      name: TEXT,
      software_packageVersion: TEXT,
      software_packageUrl: TEXT,
      suppliedBy: { kind: "either", of: [SAID, object([], {})] },
      to: list(SAID),
      rootElement: list(SAID),
    }),
  ),
});
