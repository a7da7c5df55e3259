// A static server that behaves as a good host does: compressed text, index pages, the page for what is missing.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
};
const TEXT = /^(text|application)|svg/;

// Serves the folder; the answer is {url, close}.
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    let file = join(folder, path.endsWith("/") ? path + "index.html" : path);
    let body = await readFile(file).catch(() => null);
    const status = body ? 200 : 404;
    if (!body) {
      file = join(folder, "404.html");
      body = await readFile(file);
    }
    const type = TYPES[extname(file)] || "application/octet-stream";
    const headers = { "Content-Type": type, "Cache-Control": path.startsWith("/photos/") ? "max-age=31536000, immutable" : "no-cache" };
    if (TEXT.test(type)) headers["Content-Encoding"] = "gzip";
    response.writeHead(status, headers);
    response.end(TEXT.test(type) ? gzipSync(body) : body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
