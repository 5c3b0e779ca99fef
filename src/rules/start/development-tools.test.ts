import { expect, test } from "vitest";
import { developmentTool } from "./development-tools.ts";

function toolOf(line: string): string | undefined {
  return developmentTool(line.split(" "));
}

test.each([
  ..."nodemon ts-node-dev tsnd node-dev webpack-dev-server live-server browser-sync air dlv CompileDaemon".split(
    " ",
  ),
  ..."reflex watchmedo watchfiles debugpy pydevd rdbg ruby-debug-ide storybook start-storybook".split(" "),
  ..."vue-cli-service react-scripts vite".split(" "),
])("%s serves development whatever its arguments", (name) => {
  expect(toolOf(name)).toBe(name);
  expect(toolOf(`/usr/local/bin/${name} serve`)).toBe(name);
});

test.each([
  ["node --watch server.js", "node --watch"],
  ["node --inspect=0.0.0.0 server.js", "node --inspect=0.0.0.0"],
  ["bun --hot server.ts", "bun --hot"],
  ["bun --watch server.ts", "bun --watch"],
  ["bun --inspect server.ts", "bun --inspect"],
  ["deno run --watch x.ts", "deno --watch"],
  ["deno run --inspect x.ts", "deno --inspect"],
  ["tsx watch x.ts", "tsx watch"],
  ["tsx --watch x.ts", "tsx --watch"],
  ["tsx --inspect-brk=1 x.ts", "tsx --inspect-brk=1"],
  ["tsx --inspect x.ts", "tsx --inspect"],
  ["ts-node --inspect x.ts", "ts-node --inspect"],
  ["next dev", "next dev"],
  ["nuxt dev", "nuxt dev"],
  ["nuxi dev", "nuxi dev"],
  ["astro dev", "astro dev"],
  ["remix dev", "remix dev"],
  ["gatsby develop", "gatsby develop"],
  ["webpack serve", "webpack serve"],
  ["ng serve", "ng serve"],
  ["nest start --watch", "nest --watch"],
  ["nest start --debug", "nest --debug"],
  ["manage.py runserver", "manage runserver"],
  ["flask run --debug", "flask --debug"],
  ["flask run --debugger", "flask --debugger"],
  ["fastapi dev", "fastapi dev"],
  ["uvicorn app --reload", "uvicorn --reload"],
  ["gunicorn app --reload", "gunicorn --reload"],
  ["artisan serve", "artisan serve"],
  ["symfony serve", "symfony serve"],
  ["symfony server:start", "symfony server:start"],
  ["php -S 0.0.0.0:80", "php -S"],
  ["dotnet watch run", "dotnet watch"],
  ["java -agentlib:jdwp=x -jar a.jar", "java -agentlib:jdwp=x"],
  ["java -Xrunjdwp:x -jar a.jar", "java -Xrunjdwp:x"],
  ["mvn spring-boot:run", "mvn spring-boot:run"],
  ["mvn quarkus:dev", "mvn quarkus:dev"],
  ["mvnw mn:run", "mvnw mn:run"],
  ["gradle bootRun", "gradle bootRun"],
  ["gradle run", "gradle run"],
  ["gradlew quarkusDev", "gradlew quarkusDev"],
  ["cargo run", "cargo run"],
  ["cargo watch", "cargo watch"],
  ["go run .", "go run"],
  ["vite dev", "vite"],
  ["vite --host", "vite"],
])("%s is %s", (line, tool) => {
  expect(toolOf(line)).toBe(tool);
});

test.each([
  "react-scripts build",
  "react-scripts test",
  "vite build",
  "vite preview",
  "vite optimize",
  "vite --version",
  "vite --help",
  "vite -v",
  "vite -h",
  "node server.js",
  "node x--watch",
  "bun server.ts",
  "bun x--hot",
  "deno x--inspect",
  "tsx x.ts",
  "tsx watcher",
  "tsx x--watch",
  "ts-node x--inspect",
  ...["next", "nuxt", "nuxi", "astro", "remix", "fastapi"].flatMap((name) => [
    `${name} devs`,
    `${name} xdev`,
  ]),
  "gatsby developer",
  "gatsby xdevelop",
  "webpack serves",
  "webpack xserve",
  "ng serves",
  "ng xserve",
  "nest --watches",
  "nest x--watch",
  "manage.py runservers",
  "manage.py xrunserver",
  "flask --debugs",
  "flask x--debug",
  "uvicorn --reload-dir",
  "uvicorn x--reload",
  "gunicorn --reload-engine",
  "gunicorn x--reload",
  "artisan serves",
  "artisan xserve",
  "symfony serves",
  "symfony server:start-all",
  "symfony xserve",
  "php x-S",
  "dotnet watches",
  "dotnet xwatch",
  "java x-agentlib:jdwp",
  "java x-Xrunjdwp",
  "mvn spring-boot:runs",
  "mvn xmn:run",
  "mvnw quarkus:devs",
  "mvnw xquarkus:dev",
  "gradle runs",
  "gradle xrun",
  "gradlew runs",
  "gradlew xrun",
  "cargo runs",
  "cargo xrun",
  "go runs",
  "go xrun",
  "constructor dev",
])("%s is no tool of development", (line) => {
  expect(toolOf(line)).toBeUndefined();
});

test.each(["builds", "xbuild", "--versions", "x-v", "x--help"])("vite %s is one", (argument) => {
  expect(toolOf(`vite ${argument}`)).toBe("vite");
});
