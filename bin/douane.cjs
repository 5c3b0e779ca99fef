#!/usr/bin/env node
// Plain enough for a Node that is too old to read the rest: it finds another one, or says how to get it.
var fs = require("fs");
var os = require("os");
var path = require("path");

/** Entries that mark the root of a work tree. */
var MARKS = [".git", ".hg", ".svn"];

/** package.json's `engines`. */
function isSupported(version) {
  var parts = version.replace(/^v/, "").split(".").map(Number);
  return (
    (parts[0] === 22 && (parts[1] > 22 || (parts[1] === 22 && parts[2] >= 2))) ||
    (parts[0] === 24 && parts[1] >= 15) ||
    parts[0] > 24
  );
}

function stop(message, exit) {
  process.stderr.write(message + "\n");
  process.exitCode = exit;
}

/** npm's own Node: the package of this platform that `node` installs, by itself (it needs no script). */
function nodePackage() {
  var platform = process.platform === "win32" ? "win" : process.platform;
  var prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return [prefix, platform, process.arch].join("-");
}

/** Where the sentence below has it installed: nothing of the system's is replaced. */
function ownFolder() {
  return path.join(process.env.XDG_DATA_HOME || path.join(os.homedir(), ".local", "share"), "douane");
}

/** Whether a repository may have brought a folder: a pipeline may set HOME to its clone. */
function isFromRepository(folder) {
  try {
    return isBelowMark(folder) || isBelowMark(fs.realpathSync(folder));
  } catch {
    return true;
  }
}

function isBelowMark(folder) {
  var here = fs.realpathSync(process.cwd());
  var at = folder;
  for (; at !== path.dirname(at); at = path.dirname(at)) {
    if (MARKS.some(isIn, at)) return true;
    if (at === here && at !== os.userInfo().homedir) return true;
  }
  return MARKS.some(isIn, at);
}

function isIn(mark) {
  return fs.existsSync(path.join(String(this), mark));
}

/** The own one first, unless a repository may have brought it; then whatever PATH has behind the one that runs this. */
function findNode() {
  var executable = process.platform === "win32" ? "node.exe" : "node";
  var folders = (process.env.PATH || "").split(path.delimiter).filter(path.isAbsolute);
  var own = path.join(ownFolder(), "node_modules", nodePackage(), "bin");
  if (!isFromRepository(own)) folders.unshift(own);
  for (var index = 0; index < folders.length; index += 1) {
    var candidate = path.join(folders[index], executable);
    if (isSupported(versionOf(candidate))) return candidate;
  }
  return undefined;
}

function versionOf(node) {
  try {
    var stdio = ["ignore", "pipe", "ignore"];
    return String(require("child_process").execFileSync(node, ["--version"], { stdio: stdio })).trim();
  } catch {
    return "";
  }
}

/** Ends as the other one does. */
function runOn(node) {
  var argv = [__filename].concat(process.argv.slice(2));
  var child = require("child_process").spawn(node, argv, { stdio: "inherit" });
  // A terminal gives Ctrl-C to both: handed on, the child would get it twice.
  process.on("SIGINT", function () {});
  ["SIGTERM", "SIGHUP"].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on("error", function (error) {
    stop("douane: " + node + ": " + error.message, 69);
  });
  child.on("exit", function (exit, signal) {
    if (signal === null) process.exit(exit);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function refuse() {
  var command = 'npm install --prefix "' + ownFolder() + '" ' + nodePackage() + "@24";
  stop(
    "douane demande Node 22.22.2, 24.15 ou plus récent ; celui-ci est " +
      process.version +
      ", et PATH n'en a pas d'autre. Lancer une fois (rien du système n'est remplacé) :\n  " +
      command +
      "\ndouane needs Node 22.22.2, 24.15 or later; this one is " +
      process.version +
      ", and PATH has no other. Run once (nothing of the system is replaced):\n  " +
      command,
    69,
  );
}

/** Codes of a program whose files cannot be read: the machine's fault, not the program's. */
var MACHINE = /^E(?:ACCES|IO|MFILE|NFILE|NOMEM|PERM)$/;

function unloaded(error) {
  if (!MACHINE.test(error.code)) return stop("douane: " + error.message, 70);
  stop(
    "douane : ses propres fichiers ne sont pas lisibles (" +
      error.message +
      "). Vérifier leurs droits, le disque et la limite des fichiers ouverts (ulimit -n).\n" +
      "douane: its own files cannot be read (" +
      error.message +
      "). Check their permissions, the disk and the limit of open files (ulimit -n).",
    69,
  );
}

if (isSupported(process.versions.node)) {
  new Promise(function (resolve) {
    resolve(require("../dist/douane.cjs").ended);
  }).catch(unloaded);
} else {
  var node = findNode();
  if (node === undefined) refuse();
  else runOn(node);
}
