import type { TrialSettings } from "../../../src/evidence/trial/settings.ts";
import type { TarEntry } from "../../../src/image/tar/write.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import type { ImageValue } from "../../fixtures/image/image.ts";
import type { TrialSketch } from "../../fixtures/trial-facts.ts";
import type { GivenData } from "../../fixtures/vulnerability-data.ts";
import type { Repositories } from "./registry.ts";

/** By path: content, or an entry of a layer with its mode, owner, type… */
export type LayerFiles = Readonly<Record<string, string | Uint8Array | Omit<TarEntry, "path">>>;

/** Inputs of douane in one case; each part is optional. */
export interface Given {
  /** An image that is judged by itself. */
  readonly image?: ImageValue | readonly ImageValue[];
  /** Storage of the image; default: an OCI layout. */
  readonly as?: "docker-archive";
  /** Tag of the image; default: 1.4.2. */
  readonly tag?: string;
  /**
   * A folder: manifests and Dockerfiles with their trees, judged as `douane check .` does. What is
   * called registry.example in it is the registry that serves `images`.
   */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /**
   * Images named by manifests, by repository: `aides/web`; served under any tag, several as an index. Absent:
   * as --no-images.
   */
  readonly images?: Repositories;
  /** Operands instead of the whole folder and the image: `oci:layout`, `web.yaml`. */
  readonly operands?: readonly string[];
  /** Trial of the image, or of every container; by container's name if they differ. */
  readonly trial?: TrialSketch;
  readonly trials?: Readonly<Record<string, TrialSketch>>;
  readonly trialSettings?: TrialSettings;
  /** Files and settings with which the trial ran, where they are not those that are judged. */
  readonly tried?: Pick<Given, "files" | "trialSettings">;
  /** registry.example in it is the registry that serves `images`, too. */
  readonly policy?: Policy;
  /** Vulnerability data of the machine; absent: none, so that row 14 is never yes. */
  readonly vulnerabilities?: GivenData;
  /** Minor version of Kubernetes 1.x; default: the newest. */
  readonly minor?: number;
  /** Default linux/amd64; null: none is asked for, so that it is this machine's. */
  readonly platform?: string | null;
  /** Default 2026-06-15. */
  readonly today?: string;
}
