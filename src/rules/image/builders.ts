import type { HistoryFacts, ImageFacts } from "../../contract/image-facts.ts";

/**
 * Tool that makes images, with the marks that it leaves. All marks are only declarations, since anyone can
 * write them.
 */
interface Builder {
  readonly name: string;
  /** Set if a Dockerfile (or a Containerfile) was written by hand. */
  readonly dockerfile?: true;
  /** Whether the tool wrote a step of the history. */
  readonly step?: (step: HistoryFacts) => boolean;
  /** Test of the config, used if no step of the history identifies the builder. */
  readonly config?: (image: ImageFacts) => boolean;
}

const SPRING = /paketo-buildpacks\/spring-boot/;
const PACK_STEP =
  /^(?:Buildpacks |Layer: '[^']*', Created by buildpack: |Software Bill-of-Materials|Application (?:Layer|Launcher)|Process Types)/;

const SPRING_BOOT = {
  name: "Spring Boot build-image (Cloud Native Buildpacks)",
  step: ({ createdBy }: HistoryFacts) => PACK_STEP.test(createdBy) && SPRING.test(createdBy),
  config: (image: ImageFacts) =>
    isBuildpacks(image) &&
    (image.config.labels["org.springframework.boot.version"] !== undefined ||
      SPRING.test(image.config.labels["io.buildpacks.build.metadata"] ?? "")),
};

const BUILDPACKS: Builder = {
  name: "Cloud Native Buildpacks",
  step: ({ createdBy }) => PACK_STEP.test(createdBy),
  config: isBuildpacks,
};

/** Builders in order of precedence: a builder that imitates another's marks precedes the imitated builder. */
const BUILDERS: readonly Builder[] = [
  SPRING_BOOT,
  BUILDPACKS,
  {
    name: "ko",
    step: ({ author, createdBy }) => author === "ko" || createdBy.startsWith("ko build ko://"),
    config: authored(/^github\.com\/(?:ko-build|google)\/ko$/),
  },
  {
    name: "Jib",
    step: ({ author, createdBy }) =>
      author === "Jib" || /^jib-(?:maven-plugin|gradle-plugin|cli|core)[:/]/.test(createdBy),
  },
  {
    name: "apko",
    step: ({ author, createdBy }) => author === "apko" || createdBy === "apko",
    config: authored(/^github\.com\/chainguard-dev\/apko/),
  },
  {
    name: "Bazel",
    step: ({ createdBy }) => createdBy.startsWith("bazel build "),
    config: authored(/^Bazel$/),
  },
  { name: "Nix", step: ({ comment }) => comment?.startsWith("store paths:") === true },
  { name: "douane", step: ({ author }) => author?.startsWith("douane/") === true },
  {
    // Writes #(nop) lines as the classic builder does.
    name: "containerify",
    step: ({ createdBy, comment, author }) =>
      /\bcontainerify\b/.test(`${createdBy} ${comment ?? ""} ${author ?? ""}`),
  },
  { name: "kaniko", dockerfile: true, step: ({ author }) => author === "kaniko" },
  {
    name: "BuildKit",
    dockerfile: true,
    step: ({ createdBy, comment }) =>
      comment === "buildkit.dockerfile.v0" ||
      createdBy.endsWith(" # buildkit") ||
      /^RUN \|\d/.test(createdBy),
  },
  {
    name: "docker, buildah, podman",
    dockerfile: true,
    step: ({ createdBy }) => /^(?:\|\d+ .*)?\/bin\/sh -c |#\(nop\)/s.test(createdBy),
  },
  {
    name: "Dockerfile",
    dockerfile: true,
    step: ({ createdBy }) =>
      /^(?:FROM|RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|ARG|USER|WORKDIR|EXPOSE|VOLUME|LABEL|HEALTHCHECK|STOPSIGNAL|SHELL|ONBUILD|MAINTAINER) \S/.test(
        createdBy,
      ),
  },
];

/** Whether buildpacks' lifecycle made the image: its label, and its launcher as entrypoint. */
function isBuildpacks({ config }: ImageFacts): boolean {
  const launched = config.entrypoint.some((word) => /^\/cnb\/(?:process\/|lifecycle\/launcher$)/.test(word));
  return launched && config.labels["io.buildpacks.lifecycle.metadata"] !== undefined;
}

function authored(pattern: RegExp): (image: ImageFacts) => boolean {
  return ({ config }) => config.author !== undefined && pattern.test(config.author);
}

/** Builder, with the mark by which it was found. */
export interface FoundBuilder {
  readonly builder: Builder;
  /** `history[3]`, or `config`. */
  readonly path: string;
  /** The step as written; empty if the config identified the builder. */
  readonly step: string;
}

/**
 * Builder of the image's own part: of the topmost recognised step, since labels and lower steps are inherited
 * from the base. Otherwise the builder in the config, if the layers above that step identify none; or
 * unknown.
 */
export function topmostBuilder(image: ImageFacts): FoundBuilder | undefined {
  let isSilent = false;
  for (const [index, entry] of [...image.history.entries()].toReversed()) {
    const builder = BUILDERS.find((one) => one.step?.(entry) === true);
    if (builder !== undefined) {
      const found = { builder: refined(builder, image), path: `history[${index}]`, step: entry.createdBy };
      return (isSilent ? configured(image) : undefined) ?? found;
    }
    if (entry.layer !== undefined && entry.createdBy !== "") break;
    isSilent ||= entry.createdBy === "";
  }
  return configured(image);
}

function configured(image: ImageFacts): FoundBuilder | undefined {
  const builder = BUILDERS.find(({ config }) => config?.(image) === true);
  return builder === undefined ? undefined : { builder, path: "config", step: "" };
}

/** The builder, made more specific by labels: steps of a Spring Boot image are those of its buildpacks. */
function refined(builder: Builder, image: ImageFacts): Builder {
  return builder === BUILDPACKS && SPRING_BOOT.config(image) ? SPRING_BOOT : builder;
}
