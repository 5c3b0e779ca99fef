import { assemblyAssignments } from "./assembly.ts";
import { assignmentLines } from "./assignment.ts";
import { classAssignments } from "./java-class.ts";
import { isCompiledPython, moduleAssignments } from "./python-module.ts";

/** Assignments in compiled code, written as source text. */
export interface CompiledSource {
  /** Path of the source; its extension identifies the language for detectors. */
  readonly path: string;
  readonly text: string;
}

/** Folders of third-party libraries inside an archive; names in their code are not the application's. */
const LIBRARY =
  /\/(?:libs?|jars|plugins|modules|dependenc(?:y|ies)|ext|endorsed)\/(?:[^!]{1,200}\/)?[^/!]{1,200}\.jar!\//;
/** Folders in which frameworks put an application's own classes, inside its archive. */
const OWN = /!\/(?:BOOT|WEB)-INF\/classes\//;
/** Assemblies of .NET's own, which are also copied into an application's folder. */
const OF_RUNTIME = /\/(?:System|Microsoft|mscorlib|netstandard|WindowsBase)[^/]{0,200}\.dll$/;
const CLASS = 0xcafebabe;
const PROGRAM = 0x4d5a;

/**
 * Source-like text of a JVM class, a .NET assembly or a Python module; undefined for anything else and for
 * third-party libraries.
 */
export function compiledSource(path: string, bytes: Buffer): CompiledSource | undefined {
  if (bytes.length < 24) return undefined;
  if (bytes.readUInt32BE(0) === CLASS) {
    if (!path.endsWith(".class") || (LIBRARY.test(path) && !OWN.test(path))) return undefined;
    return { path: path.replace(/\.class$/, ".java"), text: assignmentLines(classAssignments(bytes)) };
  }
  if (bytes.readUInt16BE(0) === PROGRAM) {
    if (OF_RUNTIME.test(path)) return undefined;
    return { path: `${path}.cs`, text: assignmentLines(assemblyAssignments(bytes)) };
  }
  if (!path.endsWith(".pyc") || !isCompiledPython(bytes)) return undefined;
  const source = path.replace(
    /(?:__pycache__\/)?([^/]{1,250}?)(?:\.(?:cpython|pypy)[\w-]{1,20}(?:\.opt-\d)?)?\.pyc$/,
    "$1.py",
  );
  return { path: source, text: assignmentLines(moduleAssignments(bytes)) };
}
