import { expect, test } from "vitest";
import { loadedOnUse } from "./lazy-builtins.ts";

test.each([
  [
    "a named import",
    'let node_net = require("node:net");\nf((0, node_net.isIP)(x));\n',
    'let node_net;\nf((0, (node_net ??= require("node:net")).isIP)(x));\n',
  ],
  [
    "a default import, which is converted",
    'let node_net = require("node:net");\nnode_net = r(node_net, 1);\nnode_net.default.isIP(x);\n',
    'let node_net;\n(node_net ??= r(require("node:net"), 1)).default.isIP(x);\n',
  ],
  [
    "a longer name, left alone",
    'let node_net = require("node:net");\nnode_net$1(node_nets);\n',
    "let node_net;\nnode_net$1(node_nets);\n",
  ],
  ["a chunk without the module", "node_net.isIP(x);\n", "node_net.isIP(x);\n"],
])("loads a module of Node on first use: %s", (_, chunk, expected) => {
  expect(loadedOnUse(chunk, "net")).toBe(expected);
});
