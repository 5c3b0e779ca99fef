import { excerpt } from "./shown.ts";

/** Location of a Kubernetes object: in a file of manifests, or in a cluster's API. */
export type ObjectLocation = FileLocation | ApiLocation;

export interface FileLocation {
  readonly in: "file";
  /** File as the user named it, `-` for standard input. */
  readonly file: string;
  /** Number of documents before this one in the file. */
  readonly document: number;
  /** Line on which the object begins, from 1. */
  readonly line: number;
}

/** Location of an object that is not in a file: in an AdmissionReview, or from a watch of the API. */
export interface ApiLocation {
  readonly in: "api";
  /** UID of the object; for an object without one, the UID of the request that creates it. */
  readonly uid: string;
  /** Version of the object; absent while it is being created. */
  readonly resourceVersion?: string;
}

/** File of manifests, `-` for standard input; undefined for an object of the API. */
export function declaringFile(at: ObjectLocation): string | undefined {
  return at.in === "file" ? at.file : undefined;
}

/** Name of the location for sentences, quoted where its characters need it: `deploy.yaml:3`, or `uid 7f3c…`. */
export function shownLocation(at: ObjectLocation): string {
  return at.in === "file" ? `${excerpt(at.file)}:${at.line}` : `uid ${excerpt(at.uid)}`;
}

/** Name of the location: `deploy.yaml:3`, or `uid 7f3c…` for an API object. */
export function locationText(at: ObjectLocation): string {
  return at.in === "file" ? `${at.file}:${at.line}` : `uid ${at.uid}`;
}
