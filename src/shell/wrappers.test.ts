import { expect, test } from "vitest";
import { commandName, executedBy, unwrap } from "./wrappers.ts";

test.each([
  [undefined, ""],
  ["/usr/local/bin/node", "node"],
  ["node_modules/vite/bin/vite.js", "vite"],
  ["python3.12", "python"],
  ["manage.py", "manage"],
  ["./entrypoint.sh", "entrypoint"],
  ["h2", "h2"],
])("%j is called %j", (word, name) => {
  expect(commandName(word)).toBe(name);
});

test.each([
  ["tini -- node server.js", "node server.js"],
  ["tini -p SIGTERM -g node server.js", "node server.js"],
  ["dumb-init --rewrite 15:3 node x", "node x"],
  ["node --inspect -r ./hook.js server.js --host x", "server.js --host x"],
  ["python -u -m uvicorn app:app", "uvicorn app:app"],
  ["python manage.py runserver", "manage.py runserver"],
  ["timeout -k 5 30 app", "app"],
  ["gosu app node x", "node x"],
  ["chpst -u app -/ /srv -P node x", "node x"],
  ["env -u A B=1 C=2 app x=1", "app x=1"],
  ["npx -p vite vite preview", "vite preview"],
  ["pnpm exec next start", "next start"],
  ["npm exec -- next start", "next start"],
  ["bundle exec rails s", "rails s"],
  ["wait-for-it.sh db:5432 -- app", "app"],
  ["exec -a name app", "app"],
  ["command app x", "app x"],
  ["xargs -n 1 -r app x", "app x"],
])("%s starts %s", (line, inner) => {
  const { words, inner: started } = unwrap(line.split(" "));
  expect(started.join(" ")).toBe(inner);
  expect([...words, ...started].join(" ")).toBe(line);
});

test.each([
  "app x",
  "command",
  "command -v gosu",
  "env -S",
  "tini",
  "node --version",
  "npm start",
  "pnpm",
  "pnpm run dev",
  "wait-for-it db:5432",
  "constructor x",
  "python -c",
])("%s starts nothing else", (line) => {
  expect(unwrap(line.split(" "))).toEqual({ words: line.split(" "), assignments: [], inner: [] });
});

test.each([
  [["env", "-S", "sudo -E node", "a.js"], ["sudo", "-E", "node", "a.js"], []],
  [["env", "-iSnode --inspect", "a.js"], ["node", "--inspect", "a.js"], []],
  [["env", "--split-string=node", "a.js"], ["node", "a.js"], []],
  [["/usr/bin/env", "-S", "A=1 node a.js"], ["node", "a.js"], ["A=1"]],
])("%j takes its text apart", (line, inner, assignments) => {
  expect(unwrap(line)).toEqual({ words: line.slice(0, 2), assignments, inner });
});

test("what env and cross-env set is told apart", () => {
  expect(unwrap(["env", "-i", "A=1", "B=2", "app"]).assignments).toEqual(["A=1", "B=2"]);
});

test.each([
  ["tini -- node x", "node x"],
  ["gosu app node x", "node x"],
  ["sudo -R /root app", "app"],
  ["node server.js", ""],
  ["pnpm exec next start", ""],
  ["poetry run app", ""],
  ["app x", ""],
])("%s executes %j as execvp does", (line, inner) => {
  expect(executedBy(line.split(" ")).join(" ")).toBe(inner);
});
