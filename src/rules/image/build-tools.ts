import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileFacts } from "../../contract/image-facts.ts";
import { isSelected } from "../../contract/selector-index.ts";

/** A tool that builds programs, by the file that does the work. */
interface BuildTool {
  readonly name: string;
  readonly selector: FileSelector;
  /**
   * `sdk`: a compiler or an SDK. `manager`: a language's package manager. `other`: make and similar tools.
   */
  readonly kind: "sdk" | "manager" | "other";
}

const CLANGS = Array.from({ length: 20 }, (_, index) => `clang-${index + 8}`);

/**
 * The actual file of each tool: /usr/bin/gcc and /usr/bin/cc are links or drivers, cc1 compiles. Neither
 * /usr/lib/gcc alone (libgcc_s) nor perl is a compiler.
 */
const TOOLS: readonly BuildTool[] = [
  sdk("gcc", { names: ["cc1"], pattern: /\/gcc\// }),
  sdk("g++", { names: ["cc1plus"], pattern: /\/gcc\// }),
  sdk("clang", { names: ["clang", ...CLANGS] }),
  sdk("tcc", { names: ["tcc"], under: ["/usr/bin", "/usr/local/bin"] }),
  sdk("rustc", { names: ["rustc"] }),
  sdk("cargo", { names: ["cargo"] }),
  sdk("go", { names: ["go"], pattern: /\/(?:go|go-[\d.]+)\/bin\/go$|^\/usr\/(?:local\/)?bin\/go$/ }),
  sdk("javac (JDK)", { names: ["javac"], pattern: /\/bin\/javac$/ }),
  sdk("SDK .NET", { names: ["MSBuild.dll"], pattern: /\/sdk\/\d[^/]*\/MSBuild\.dll$/ }, false),
  sdk("ghc", { names: ["ghc"], pattern: /\/bin\/ghc$/ }),
  sdk("swiftc", { names: ["swift-frontend"] }),
  sdk("nvcc", { names: ["nvcc"], pattern: /\/bin\/nvcc$/ }),
  other("make", { names: ["make", "gmake"], under: ["/usr/bin", "/usr/local/bin"] }),
  other("cmake", { names: ["cmake"], pattern: /\/bin\/cmake$/ }),
  other("maven", { names: ["mvn"], pattern: /\/bin\/mvn$/ }),
  other("gradle", { names: ["gradle"], pattern: /\/bin\/gradle$/ }),
  other(
    "typescript (devDependencies)",
    { names: ["tsc.js"], pattern: /\/node_modules\/typescript\/lib\/tsc\.js$/ },
    false,
  ),
  manager("npm", { names: ["npm-cli.js"], pattern: /\/npm\/bin\/npm-cli\.js$/ }),
  manager("yarn", { names: ["yarn.js"], pattern: /\/bin\/yarn\.js$/ }),
  manager("pnpm", { names: ["pnpm.cjs"], pattern: /\/pnpm\/bin\/pnpm\.cjs$/ }),
  manager("pip", { names: ["pip", "pip3"], pattern: /\/bin\/pip3?$/ }),
  manager("composer", { names: ["composer", "composer.phar"], pattern: /\/bin\/composer(?:\.phar)?$/ }),
];

function sdk(name: string, selector: FileSelector, executable = true): BuildTool {
  return { name, kind: "sdk", selector: regular(selector, executable) };
}

function other(name: string, selector: FileSelector, executable = true): BuildTool {
  return { name, kind: "other", selector: regular(selector, executable) };
}

function manager(name: string, selector: FileSelector): BuildTool {
  return { name, kind: "manager", selector: regular(selector, false) };
}

function regular(selector: FileSelector, executable: boolean): FileSelector {
  return { ...selector, type: "file", ...(executable ? { anyMode: 0o111 } : {}) };
}

/** Selectors for findBuildTools(). */
export const BUILD_TOOL_FILES: readonly FileSelector[] = TOOLS.map(({ selector }) => selector);

/** A tool and the first file that identified it. */
export interface FoundTool extends Pick<BuildTool, "name" | "kind"> {
  readonly file: FileFacts;
}

/** The build tools among these files, in the table's order. */
export function findBuildTools(files: readonly FileFacts[]): readonly FoundTool[] {
  return TOOLS.flatMap(({ name, kind, selector }) => {
    const file = files.find((one) => isSelected(selector, one));
    return file === undefined ? [] : [{ name, kind, file }];
  });
}
