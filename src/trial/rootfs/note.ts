/** Something of an image that cannot be made on this machine, as it cannot by Kubernetes, or only there. */
export interface UnpackNote {
  readonly kind: /** A device: no container gets one from its image. */
    | "device"
    /** A uid or gid that the user namespace does not map; the file belongs to its root. */
    | "owner"
    /** File capabilities that could not be set. */
    | "capability";
  /** In the image. */
  readonly path: string;
}
