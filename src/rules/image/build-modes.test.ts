import { describe, expect, test } from "vitest";
import { buildModes, inlinedByCommand } from "./build-modes.ts";

describe("a command of the build chose an environment", () => {
  test.each([
    ["RUN /bin/sh -c npm run build -- --mode recette # buildkit", "--mode", "recette"],
    ["RUN /bin/sh -c vite build --mode=staging # buildkit", "--mode", "staging"],
    ["/bin/sh -c ng build --configuration=recette", "--configuration", "recette"],
    ["RUN /bin/sh -c npx ng build --aot -c preprod # buildkit", "-c", "preprod"],
    ["RUN /bin/sh -c ./mvnw -B package -Precette # buildkit", "-P", "recette"],
    ["RUN npm run build -- --mode recette", "--mode", "recette"],
  ])("%s", (step, name, value) => {
    expect(buildModes(step)).toEqual([{ name, value }]);
  });

  test.each([
    "RUN /bin/sh -c vite build --mode production # buildkit",
    "RUN /bin/sh -c ng build --configuration=production # buildkit",
    "RUN /bin/sh -c mvn -Pnative package # buildkit",
    "RUN /bin/sh -c ls --mode recette # buildkit",
    "RUN /bin/sh -c npm run build # buildkit",
    "COPY npm --mode recette # buildkit",
  ])("%s did not", (step) => {
    expect(buildModes(step)).toEqual([]);
  });
});

describe("variables of a command that bundlers inline", () => {
  test.each([
    ["RUN /bin/sh -c VITE_MODE=recette npm run build # buildkit", [["VITE_MODE", "recette"]]],
    [
      "RUN /bin/sh -c cd a && NEXT_PUBLIC_API='https://a.fr' yarn build",
      [["NEXT_PUBLIC_API", "https://a.fr"]],
    ],
    ["RUN /bin/sh -c CI=1 NODE_ENV=production npm run build", []],
    ["RUN /bin/sh -c VITE_MODE=$MODE npm run build", []],
    ["RUN /bin/sh -c VITE_MODE=recette make", []],
  ])("%s", (step, expected) => {
    expect(inlinedByCommand(step).map(({ name, value }) => [name, value])).toEqual(expected);
  });
});
