/** An image that takes the place of one that the manifests name. */
export interface ImageReplacement {
  /** As the user wrote it. */
  readonly source: string;
  /** Of the container that it is for. */
  readonly container?: string;
  /** What it is for: a container's name, or the image's as the manifests write it, whole or in part. */
  readonly place?: string;
  /** Where it is not clear what it is for, it is judged by itself; absent: that is a mistake. */
  readonly orAlone?: true;
  /** Its name is a registry's: it takes the place of none but an image of its name. */
  readonly byNameOnly?: true;
}
