import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

interface Alternative {
  /** Variable of the usual base images whose value begins with the runtime's version. */
  readonly variable: string;
  /** Reference of the minimal image; `MAJOR` and `MINOR` are replaced. */
  readonly image: string;
}

/** Minimal bases by runtime: existing images, for the version that the image has. */
const ALTERNATIVES: readonly Alternative[] = [
  { variable: "NODE_VERSION", image: "node:MAJOR-alpine, gcr.io/distroless/nodejsMAJOR-debian12" },
  { variable: "NGINX_VERSION", image: "nginxinc/nginx-unprivileged:MAJOR.MINOR-alpine-slim" },
  { variable: "PYTHON_VERSION", image: "python:MAJOR.MINOR-alpine, gcr.io/distroless/python3-debian12" },
  { variable: "JAVA_VERSION", image: "eclipse-temurin:…-jre-alpine, gcr.io/distroless/java21-debian12" },
  { variable: "PHP_VERSION", image: "php:MAJOR.MINOR-fpm-alpine" },
  { variable: "RUBY_VERSION", image: "ruby:MAJOR.MINOR-alpine" },
  { variable: "GOLANG_VERSION", image: "gcr.io/distroless/static-debian12" },
  { variable: "ASPNET_VERSION", image: "mcr.microsoft.com/dotnet/aspnet:MAJOR.MINOR-noble-chiseled" },
  { variable: "DOTNET_VERSION", image: "mcr.microsoft.com/dotnet/runtime:MAJOR.MINOR-noble-chiseled" },
  { variable: "CNB_STACK_ID", image: "paketobuildpacks/run-jammy-tiny" },
];

/** Remedy that names the minimal base for this image's runtime, detected from ENV. */
export function minimalRemedy({ config }: ImageFacts): Text {
  const [bases = "gcr.io/distroless/base-debian12, alpine"] = ALTERNATIVES.flatMap(({ variable, image }) =>
    config.env.filter((entry) => entry.startsWith(`${variable}=`)).map((entry) => withVersion(image, entry)),
  );
  return {
    fr: `Construire l'image finale sur une base minimale : ${bases}.`,
    en: `Build the final image on a minimal base: ${bases}.`,
  };
}

function withVersion(image: string, entry: string): string {
  const [, major = "…", minor = "…"] = /(\d{1,4})(?:\.(\d{1,4}))?/.exec(entry) ?? [];
  return image.replaceAll("MAJOR", major).replaceAll("MINOR", minor);
}
