import { partOf } from "../contract/masked.ts";
import type { UnreadPackages } from "../contract/package-facts.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { ImageEvidence } from "../evidence/file.ts";
import { PackagesReading } from "../evidence/layers/packages-reading.ts";
import { type OpenOptions, openImage } from "../image/open.ts";
import type { OpenImage } from "../image/source/open-image.ts";
import type { SbomContent, SbomSubject } from "../sbom/documents/document.ts";
import { maskPackageTexts } from "../secrets/sbom.ts";
import { inImageTime } from "./images/image-time.ts";

/** Request for one image's packages, with the process's resources that may be used. */
export interface SbomRequest extends OpenOptions {
  /** Source of the image: see parseSource(). */
  readonly image: string;
  readonly signal: AbortSignal;
  /** Folder of layer facts cached between runs. */
  readonly cache?: string;
  readonly created: Date;
  /** Version of douane. */
  readonly douane: string;
  readonly onProgress?: (progress: { readonly read: number; readonly total: number }) => void;
  /** See ReadOptions. */
  readonly onReading?: (inThreads: boolean) => void;
}

export interface ImageSbom {
  readonly content: SbomContent;
  /** Note about the choice among several entries of a source. */
  readonly choice?: Text;
}

/**
 * Packages declared by an image's files. Layers are verified while they are read.
 *
 * @throws DouaneError of openImage(), readLayers() and RootFs; `image-time-limit`
 */
export async function imageSbom(request: SbomRequest): Promise<ImageSbom> {
  const { cache, created, douane, onProgress, onReading } = request;
  const reading = new PackagesReading(cache, false);
  return inImageTime(request.signal, async (signal) => {
    const image = await openImage(request.image, { ...request, signal });
    try {
      const read = await reading.read(image.layers, startWords(image.config), {
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(onReading === undefined ? {} : { onReading }),
      });
      const packages = maskPackageTexts(read);
      const { reference, digest, imageId, platform, choice } = image;
      const diffIds = image.layers.map(({ diffId }) => diffId);
      const subject = { reference, ...(digest === undefined ? {} : { digest }), imageId, platform, diffIds };
      const layers = image.layers.flatMap(({ bytes }, index) =>
        bytes.kind === "unreadable" ? [unreadLayer(index, bytes.reason)] : [],
      );
      const gaps = [...layers, ...packages.unread.map(unreadText)];
      return {
        content: { subject, packages, gaps, douane, created },
        ...(choice === undefined ? {} : { choice }),
      };
    } finally {
      await image.close();
    }
  });
}

/** Result of `douane sbom` from evidence: the same as from the image itself. */
export function sbomOfEvidence(
  { image, reference, sbom }: ImageEvidence,
  { created, douane }: Pick<SbomRequest, "created" | "douane">,
): ImageSbom {
  if (sbom === undefined) throw new TypeError("evidence of an image that was read has its packages");
  const layers = image.layers.flatMap(({ unread }, index) =>
    unread === undefined ? [] : [unreadLayer(index, unread)],
  );
  const packages = partOf(sbom, "packages");
  const gaps = [...layers, ...packages.unread.map(unreadText)];
  return { content: { subject: sbomSubject({ image, reference }), packages, gaps, douane, created } };
}

export function sbomSubject({ image, reference }: Pick<ImageEvidence, "image" | "reference">): SbomSubject {
  const { digest, imageId, platform, layers } = image;
  const diffIds = layers.map(({ diffId }) => diffId);
  return { reference, ...(digest === undefined ? {} : { digest }), imageId, platform, diffIds };
}

function startWords({ config }: OpenImage["config"]) {
  const { Entrypoint, Cmd, WorkingDir } = config ?? {};
  return { argv: [...(Entrypoint ?? []), ...(Cmd ?? [])], workingDir: WorkingDir ?? "" };
}

function unreadLayer(index: number, { fr, en }: Text): Text {
  return {
    fr: `la couche ${index + 1} n'a pas été lue (${fr}) : les paquets qu'elle contient manquent.`,
    en: `layer ${index + 1} was not read (${en}): the packages in it are missing.`,
  };
}

const WHY = {
  damaged: { fr: "illisible ou endommagé", en: "unreadable or damaged" },
  "too-long": { fr: "plus grand que ce qui est lu", en: "too large to be read" },
  form: { fr: "d'une forme qui n'est pas lue", en: "of a form that is not read" },
  packed: { fr: "compressé par un empaqueteur de programmes", en: "compressed by a packer of programs" },
  bundle: {
    fr: "JavaScript assemblé par un bundler, que l'image lance",
    en: "a bundle of JavaScript that the image starts",
  },
  bound: {
    fr: "d'autres listes illisibles de la couche, au-delà de la borne unreadListsPerLayer",
    en: "further unreadable lists of the layer, beyond the bound unreadListsPerLayer",
  },
} as const satisfies Record<UnreadPackages["why"], Text>;

function unreadText({ path, inside, cataloger, why }: UnreadPackages): Text {
  const place = quoted(inside === undefined ? path : `${path}!/${inside}`);
  return {
    fr: `${place} (${cataloger}) : ${WHY[why].fr}. Les paquets qu'il contient ou déclare manquent.`,
    en: `${place} (${cataloger}): ${WHY[why].en}. The packages that it holds or states are missing.`,
  };
}
