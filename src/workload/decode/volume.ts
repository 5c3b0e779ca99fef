import type {
  DownwardFileFacts,
  KeyToPathFacts,
  PodCertificateFacts,
  ProjectionFacts,
  TrustBundleFacts,
  VolumeFacts,
  VolumeRequestFacts,
} from "../../contract/volume-facts.ts";
import { isMapping, list, map, object, objects } from "./collections.ts";
import type { Decoding } from "./decoding.ts";
import { fieldRef, resourceFieldRef } from "./downward.ts";
import { boolean, int32, quantity, string } from "./scalars.ts";

type Sources = Omit<VolumeFacts, "sources">;

const items = objects(object<KeyToPathFacts>({ key: string, path: string, mode: int32 }), {});
const keys = { name: string, optional: boolean, items };
const named = object<NonNullable<ProjectionFacts["configMap"]>>(keys);
const fields = objects(
  object<DownwardFileFacts>({ path: string, mode: int32, fieldRef, resourceFieldRef }),
  {},
);
const token = object<NonNullable<ProjectionFacts["serviceAccountToken"]>>({ path: string });
const trustBundle = object<TrustBundleFacts>({
  name: string,
  signerName: string,
  path: string,
  optional: boolean,
});
const podCertificate = object<PodCertificateFacts>({
  signerName: string,
  keyType: string,
  keyPath: string,
  certificateChainPath: string,
  credentialBundlePath: string,
});
const downward = object<NonNullable<ProjectionFacts["downwardAPI"]>>({ items: fields });

/** Decoder of a claim's spec. */
export const volumeRequest = object<VolumeRequestFacts>({
  accessModes: list(string, ""),
  storageClassName: string,
  volumeName: string,
  volumeMode: string,
  selector: object<NonNullable<VolumeRequestFacts["selector"]>>({
    matchLabels: map(string),
    matchExpressions: objects(
      object<{ key?: string; operator?: string; values?: readonly string[] }>({
        key: string,
        operator: string,
        values: list(string, ""),
      }),
      {},
    ),
  }),
  resources: object<NonNullable<VolumeRequestFacts["resources"]>>({ requests: map(quantity) }),
});

const claimTemplate = object<NonNullable<NonNullable<Sources["ephemeral"]>["volumeClaimTemplate"]>>({
  spec: volumeRequest,
});

const sources = object<Sources>({
  name: string,
  hostPath: object<NonNullable<Sources["hostPath"]>>({ path: string, type: string }),
  emptyDir: object<NonNullable<Sources["emptyDir"]>>({ medium: string, sizeLimit: quantity }),
  configMap: object<NonNullable<Sources["configMap"]>>({ ...keys, defaultMode: int32 }),
  secret: object<NonNullable<Sources["secret"]>>({
    secretName: string,
    optional: boolean,
    items,
    defaultMode: int32,
  }),
  projected: object<NonNullable<Sources["projected"]>>({
    defaultMode: int32,
    sources: objects(
      object<ProjectionFacts>({
        configMap: named,
        secret: named,
        downwardAPI: downward,
        serviceAccountToken: token,
        clusterTrustBundle: trustBundle,
        podCertificate,
      }),
      {},
    ),
  }),
  downwardAPI: object<NonNullable<Sources["downwardAPI"]>>({ items: fields, defaultMode: int32 }),
  image: object<NonNullable<Sources["image"]>>({ reference: string, pullPolicy: string }),
  persistentVolumeClaim: object<NonNullable<Sources["persistentVolumeClaim"]>>({
    claimName: string,
    readOnly: boolean,
  }),
  ephemeral: object<NonNullable<Sources["ephemeral"]>>({ volumeClaimTemplate: claimTemplate }),
  csi: object<NonNullable<Sources["csi"]>>({
    driver: string,
    readOnly: boolean,
    volumeAttributes: map(string),
  }),
});

/** Volume, with the names of its sources, including invalid and unknown sources. */
export function volume(value: unknown, decoding: Decoding): VolumeFacts | undefined {
  const decoded = sources(value, decoding);
  if (decoded === undefined || !isMapping(value)) return undefined;
  const named = Object.keys(value).filter((key) => key !== "name" && value[key] !== null);
  return { ...decoded, sources: named };
}
