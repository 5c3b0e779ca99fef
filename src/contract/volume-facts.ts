// Volumes of a pod; see pod-facts.ts.

export interface VolumeFacts {
  readonly name?: string;
  /**
   * Kinds of sources that are set (`emptyDir`, `hostPath`), including unknown kinds, in the manifest's order.
   * Without a source, the API server makes the volume an emptyDir.
   */
  readonly sources: readonly string[];
  readonly hostPath?: { readonly path?: string; readonly type?: string };
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly configMap?: RefFacts & KeysFacts & { readonly defaultMode?: number };
  readonly secret?: KeysFacts & {
    readonly defaultMode?: number;
    readonly secretName?: string;
    readonly optional?: boolean;
  };
  readonly projected?: { readonly defaultMode?: number; readonly sources?: readonly ProjectionFacts[] };
  readonly downwardAPI?: DownwardFacts & { readonly defaultMode?: number };
  /** Files of an image, mounted read-only. `reference`: as in a container's `image`. */
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
  readonly persistentVolumeClaim?: { readonly claimName?: string; readonly readOnly?: boolean };
  /** Volume that lives as long as its pod. */
  readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec?: VolumeRequestFacts } };
  /** CSI source. `volumeAttributes`: parameters of the driver, which may include passwords. */
  readonly csi?: {
    readonly driver?: string;
    readonly readOnly?: boolean;
    readonly volumeAttributes?: Readonly<Record<string, string>>;
  };
}

/** Properties by which a claim finds its PersistentVolume, as they are written. */
export interface VolumeRequestFacts {
  readonly accessModes?: readonly string[];
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly volumeMode?: string;
  readonly selector?: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly {
      readonly key?: string;
      readonly operator?: string;
      readonly values?: readonly string[];
    }[];
  };
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

/** Keys that become files, with their names; default: all keys. */
interface KeysFacts {
  readonly items?: readonly KeyToPathFacts[];
}

/** Certificates of the cluster's authorities, as one file. */
export interface TrustBundleFacts {
  readonly name?: string;
  readonly signerName?: string;
  readonly path?: string;
  readonly optional?: boolean;
}

/** Key and certificate that the kubelet requests for the pod. */
export interface PodCertificateFacts {
  readonly signerName?: string;
  readonly keyType?: string;
  readonly keyPath?: string;
  readonly certificateChainPath?: string;
  readonly credentialBundlePath?: string;
}

export interface KeyToPathFacts {
  readonly key?: string;
  readonly path?: string;
  readonly mode?: number;
}

interface DownwardFacts {
  readonly items?: readonly DownwardFileFacts[];
}

/** A file with a pod field. */
export interface DownwardFileFacts {
  readonly path?: string;
  readonly mode?: number;
  readonly fieldRef?: { readonly fieldPath?: string };
  readonly resourceFieldRef?: ResourceFieldFacts;
}

/** Source of a projected volume: one of these kinds. */
export interface ProjectionFacts {
  readonly configMap?: RefFacts & KeysFacts;
  readonly secret?: RefFacts & KeysFacts;
  readonly downwardAPI?: DownwardFacts;
  readonly serviceAccountToken?: { readonly path?: string };
  readonly clusterTrustBundle?: TrustBundleFacts;
  readonly podCertificate?: PodCertificateFacts;
}

/** Resource field. `containerName`: absent in a variable, whose own container is meant. */
export interface ResourceFieldFacts {
  readonly containerName?: string;
  readonly resource?: string;
  readonly divisor?: string;
}

export interface RefFacts {
  readonly name?: string;
  readonly optional?: boolean;
}
