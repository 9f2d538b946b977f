#include "rest/web.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "net/negotiate.h"
#include "net/problem.h"

namespace aremko::rest {

namespace {

namespace fs = std::filesystem;

// Nothing from elsewhere and nothing inline: a script put into data stays text, and no address leaves the house.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Page {
  std::string_view address;
  std::string_view file;
};

// Where the dashboard's own addresses lead, so that a page can be loaded again or sent to somebody. A file is index.html with
// what the page needs named in it, so that it is on its way before the program runs; where there is none, index.html.
constexpr std::array<Page, 8> pages{{{"/", "/index.html"},
                                     {"/clientes", "/clientes.html"},
                                     {"/clientes/{id}", "/cliente.html"},
                                     {"/historicos/{id}", "/historico.html"},
                                     {"/reactivacion", "/reactivacion.html"},
                                     {"/sincronizacion", "/sincronizacion.html"},
                                     {"/resumen", "/resumen.html"},
                                     {"/ajustes", "/ajustes.html"}}};

std::string_view type_of(const fs::path& file) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".png", "image/png"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
  }};
  const std::string extension = file.extension().string();
  const auto at = std::ranges::find(types, std::string_view(extension), &std::pair<std::string_view, std::string_view>::first);
  return at == types.end() ? std::string_view() : at->second;
}

WebFile::Body read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return nullptr;
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

net::Response answer(const WebFile& file, const net::Request& request) {
  net::Response out;
  out.content_type = file.content_type;
  const std::string_view accepted = request.headers.get("Accept-Encoding");
  if (file.brotli && net::accepts_brotli(accepted)) {
    out.body = file.brotli;
    out.headers.add("Content-Encoding", "br");
  } else if (file.gzip && net::accepts_gzip(accepted)) {
    out.body = file.gzip;
    out.headers.add("Content-Encoding", "gzip");
  } else {
    out.body = file.plain;
  }
  if (file.path.starts_with("/assets/")) out.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  out.headers.add("Content-Security-Policy", policy);
  out.headers.add("Cross-Origin-Opener-Policy", "same-origin");
  out.headers.add("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  return out;
}

/// An address of nobody's that a browser shows: the dashboard says so and leads back. Programs get the problem.
net::Response not_found(const WebFile& index, const net::Request& request) {
  const bool ours = request.target.starts_with("/api/") || request.target.starts_with("/assets/");
  if (ours || !request.headers.get("Accept").contains("text/html")) {
    return net::problem(error(Code::not_found, "No hay nada en esta ruta.", "There is nothing at this path."), request.language());
  }
  net::Response out = answer(index, request);
  out.status = 404;
  return out;
}

}  // namespace

std::vector<WebFile> read_web(const fs::path& folder) {
  std::vector<WebFile> out;
  std::error_code failure;
  if (folder.empty() || !fs::is_regular_file(folder / "index.html", failure)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failure)) {
    const std::string_view type = type_of(entry.path());
    if (type.empty() || !entry.is_regular_file(failure)) continue;
    WebFile file{.path = "/" + fs::relative(entry.path(), folder, failure).generic_string(),
                 .content_type = type,
                 .plain = read(entry.path()),
                 .gzip = read(entry.path().string() + ".gz"),
                 .brotli = read(entry.path().string() + ".br")};
    if (file.plain) out.push_back(std::move(file));
  }
  std::ranges::sort(out, {}, &WebFile::path);
  return out;
}

bool add_web(net::Router& router, const fs::path& folder) {
  const auto files = std::make_shared<const std::vector<WebFile>>(read_web(folder));
  const auto named = [&](std::string_view path) {
    const auto at = std::ranges::lower_bound(*files, path, {}, &WebFile::path);
    return at != files->end() && at->path == path ? &*at : nullptr;
  };
  const WebFile* index = named("/index.html");
  if (index == nullptr) return false;
  const auto serve = [&](std::string_view address, const WebFile* file) {
    router.add(net::Method::get, address, [files, file](const net::Request& request) { return answer(*file, request); });
  };
  for (const WebFile& file : *files) {
    if (!file.path.ends_with(".html")) serve(file.path, &file);
  }
  for (const Page& page : pages) {
    const WebFile* own = named(page.file);
    serve(page.address, own != nullptr ? own : index);
  }
  router.otherwise([files, index](const net::Request& request) { return not_found(*index, request); });
  return true;
}

}  // namespace aremko::rest
