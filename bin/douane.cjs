#!/usr/bin/env node
// Plain enough for a Node that is too old to read the rest: it must be able to say so.
var version = process.versions.node.split(".").map(Number);
var supported =
  (version[0] === 22 && (version[1] > 22 || (version[1] === 22 && version[2] >= 2))) ||
  (version[0] === 24 && version[1] >= 15) ||
  version[0] > 24;

function stop(message, exit) {
  process.stderr.write(message + "\n");
  process.exitCode = exit;
}

if (supported) {
  new Promise(function (resolve) {
    resolve(require("../dist/douane.cjs").ended);
  }).catch(function (error) {
    stop("douane: " + error.message, 70);
  });
} else {
  stop(
    "douane demande Node 22.22.2, 24.15 ou plus récent ; celui-ci est " +
      process.version +
      ".\ndouane needs Node 22.22.2, 24.15 or later; this one is " +
      process.version +
      ".",
    69,
  );
}
