// Reads a IIIF manifest from its input with a parser that knows the types of Presentation 3; says what it does not accept.
import { readFileSync } from "node:fs";
import { Maniiifest } from "maniiifest";

try {
  const manifest = new Maniiifest(JSON.parse(readFileSync(0, "utf8")));
  console.log(manifest.getSpecificationType());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
