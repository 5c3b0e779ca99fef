import { commandName } from "../../shell/wrappers.ts";

/** Programs that are development tools with any arguments. */
const ALWAYS = new Set(
  (
    "nodemon ts-node-dev tsnd node-dev webpack-dev-server live-server browser-sync air dlv CompileDaemon reflex " +
    "watchmedo watchfiles vue-cli-service react-scripts debugpy pydevd rdbg ruby-debug-ide storybook start-storybook"
  ).split(" "),
);

/** Programs that are development tools with certain arguments: all patterns of a list must match. */
const WITH_ARGUMENTS: Readonly<Record<string, readonly RegExp[]>> = {
  node: [/^--(?:watch|inspect)/],
  bun: [/^--(?:watch|hot|inspect)/],
  deno: [/^--(?:watch|inspect)/],
  tsx: [/^(?:watch|--inspect.*|--watch)$/],
  "ts-node": [/^--inspect/],
  next: [/^dev$/],
  nuxt: [/^dev$/],
  nuxi: [/^dev$/],
  astro: [/^dev$/],
  remix: [/^dev$/],
  gatsby: [/^develop$/],
  webpack: [/^serve$/],
  ng: [/^serve$/],
  nest: [/^--(?:watch|debug)$/],
  manage: [/^runserver$/],
  flask: [/^--debug(?:ger)?$/],
  fastapi: [/^dev$/],
  uvicorn: [/^--reload$/],
  gunicorn: [/^--reload$/],
  artisan: [/^serve$/],
  symfony: [/^(?:serve|server:start)$/],
  php: [/^-S/],
  dotnet: [/^watch$/],
  java: [/^-agentlib:jdwp|^-Xrunjdwp/],
  mvn: [/^(?:spring-boot:run|quarkus:dev|mn:run)$/],
  mvnw: [/^(?:spring-boot:run|quarkus:dev|mn:run)$/],
  gradle: [/^(?:bootRun|quarkusDev|run)$/],
  gradlew: [/^(?:bootRun|quarkusDev|run)$/],
  cargo: [/^(?:run|watch)$/],
  go: [/^run$/],
};

/** Commands of vite that do not serve development, as vite alone and `vite dev` do. */
const VITE = /^(?:build|preview|optimize|--version|--help|-v|-h)$/;

/** Program and argument of this command that belong to development; undefined if there are none. */
export function developmentTool(words: readonly string[]): string | undefined {
  const name = commandName(words[0]);
  const args = words.slice(1);
  if (ALWAYS.has(name)) return isBuild(args) ? undefined : name;
  if (name === "vite") return args.some((word) => VITE.test(word)) ? undefined : "vite";
  const patterns = Object.hasOwn(WITH_ARGUMENTS, name) ? WITH_ARGUMENTS[name] : undefined;
  const argument = args.find((word) => patterns?.some((pattern) => pattern.test(word)));
  return argument === undefined ? undefined : `${name} ${argument}`;
}

/** Whether the command builds instead of serving: `react-scripts build`, `vue-cli-service build`. */
function isBuild(args: readonly string[]): boolean {
  return args[0] === "build" || args[0] === "test";
}
