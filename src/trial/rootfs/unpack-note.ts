/** Part of an image that cannot be created on this machine; in Kubernetes, it may be possible. */
export interface UnpackNote {
  readonly kind: /** A device: no container gets one from its image. */
    | "device"
    /** A uid or gid that the user namespace does not map; the file then belongs to the namespace's root. */
    | "owner"
    /** File capabilities that could not be set. */
    | "capability";
  /** Path in the image. */
  readonly path: string;
}
