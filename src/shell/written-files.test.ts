import { expect, test } from "vitest";
import { writtenFiles } from "./written-files.ts";

/** Path and content of each. */
function written(text: string): readonly (readonly [string, string])[] {
  return writtenFiles(text).map(({ path, content }) => [path, content]);
}

test.each([
  ["echo a b > /app/x", "/app/x", "a b"],
  ["echo -e 'a\\nb' >> x", "x", "a \nb"],
  ["echo > x", "x", ""],
  ["echo -n > x", "x", ""],
  ["printf '%s=%d%%\\n' a 1 b 2 >| x", "x", "a=1% \nb=2% \n"],
  ["printf -- 'a\\tb' 1> x", "x", "a\t b"],
  ["printf '%s %s' a > x", "x", "a "],
  ["echo a | tee -a x", "x", "a"],
  ["echo a | sudo tee x > /dev/null", "x", "a"],
  ["{ echo a; } > x", "x", "a"],
  ["( echo a ) >> x", "x", "a"],
  ["sh -c 'echo a > x'", "x", "a"],
])("%j writes", (text, path, content) => {
  expect(written(text)).toEqual([[path, content]]);
});

test.each([
  "echo a",
  "echo a >",
  "echo a > >",
  "{ echo a; } > > x",
  "echo a | sort > x",
  "echo a | tee",
  "echo a | tee -a",
  "echo a 2> x",
  "cat < x",
  "myecho a > x",
])("%j writes nothing", (text) => {
  expect(written(text)).toEqual([]);
});

test("only commands that are wanted are read", () => {
  expect(writtenFiles("echo a > x\necho b > y", (part) => part.startsWith("echo b"))).toMatchObject([
    { path: "y", start: 11 },
  ]);
});

test.each([
  ["cat > x <<EOF\na\nb\nEOF\n", [["x", "a\nb\n"]]],
  ["cat <<-'EOF' >> x\r\n\ta\r\n\tEOF\r\n", [["x", "\ta\r\n"]]],
  ["cat > x \\\n  <<EOF\na\nEOF", [["x", "a\n"]]],
  ["true\ncat > x <<EOF\nEOF of it\nno EOF\nEOF", [["x", "EOF of it\nno EOF\n"]]],
  ["tee -a x <<EOF > /dev/null\na\nEOF", [["/dev/null", "a\n"]]],
  ["sudo tee -a x <<EOF\na\nEOF", [["x", "a\n"]]],
  ["COPY <<EOF /app/x\na\nEOF", [["/app/x", "a\n"]]],
  ["COPY <<x.sh /app/\na\nx.sh", [["/app/x.sh", "a\n"]]],
  [
    "COPY <<a <<b /app/\n1\na\n2\nb\n",
    [
      ["/app/a", "1\n"],
      ["/app/b", "2\n"],
    ],
  ],
])("here-documents of %j", (text, files) => {
  expect(written(text)).toEqual(files);
});

test.each(["cat > x <<EOF", "cat > x <<EOF\na\n", "cat <<EOF\na\nEOF", "cat > x <<<EOF\nEOF"])(
  "%j holds no file's text",
  (text) => {
    expect(written(text)).toEqual([]);
  },
);
