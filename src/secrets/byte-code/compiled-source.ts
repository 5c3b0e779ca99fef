import { assemblyAssignments } from "./assembly.ts";
import { assignmentLines } from "./assignment.ts";
import { classAssignments } from "./java-class.ts";
import { isCompiledPython, moduleAssignments } from "./python-module.ts";

/** What compiled code gives to names, as a source would say it. */
export interface CompiledSource {
  /** Of the source, by which detectors know its language. */
  readonly path: string;
  readonly text: string;
}

/** Where applications keep libraries of others: names in their code are none of the application's. */
const LIBRARY =
  /\/(?:libs?|jars|plugins|modules|dependenc(?:y|ies)|ext|endorsed)\/(?:[^!]{1,200}\/)?[^/!]{1,200}\.jar!\//;
/** Where frameworks keep an application's own classes, wherever its archive lies. */
const OWN = /!\/(?:BOOT|WEB)-INF\/classes\//;
/** Assemblies that .NET itself brings, also into an application's folder. */
const OF_RUNTIME = /\/(?:System|Microsoft|mscorlib|netstandard|WindowsBase)[^/]{0,200}\.dll$/;
const CLASS = 0xcafebabe;
const PROGRAM = 0x4d5a;

/** Of a class of the JVM, an assembly of .NET or a module of Python; undefined: it is none, or another's. */
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
