/** Image that replaces an image of the manifests. */
export interface ImageReplacement {
  /** Source as the user wrote it. */
  readonly source: string;
  /** Name of the container whose image is replaced. */
  readonly container?: string;
  /** Place whose image is replaced: a container's name, or an image's text in the manifests, whole or in part. */
  readonly place?: string;
  /** Set if an image without an unambiguous place is judged alone; absent: such an image is an error. */
  readonly orAlone?: true;
  /** Set if the source is a name of a registry: the image replaces only images with this name. */
  readonly byNameOnly?: true;
}
