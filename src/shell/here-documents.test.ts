import { expect, test } from "vitest";
import { handedDocuments } from "./here-documents.ts";

test.each([
  ["python3 <<EOF\nimport os\nEOF\n", "python", "import os"],
  ["sh -c x; cat > run <<'END'\n#!/usr/bin/env node\nmain()\nEND\n", "node", "#!/usr/bin/env node\nmain()"],
  ["ruby3.2 - \\\n  <<-EOF\nputs 1\nEOF\n", "ruby", "puts 1"],
])("%j is given to a program of another language", (text, language, body) => {
  const [found, ...more] = handedDocuments(text);
  expect(found?.language).toBe(language);
  expect(text.slice(found?.start, found?.end).trim()).toBe(body);
  expect(more).toEqual([]);
});

test.each(["cat <<EOF\na\nEOF\n", "python3 <<EOF", "python3 <<EOF\nwithout its end\n", "python3 x.py"])(
  "%j is not",
  (text) => {
    expect(handedDocuments(text)).toEqual([]);
  },
);
