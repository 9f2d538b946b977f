#include "rest/docs.h"

#include <array>

#include "rest_docs.h"

namespace aremko::rest {

std::span<const DocsFile> docs_files() {
  static constexpr std::array<DocsFile, 4> files{
      DocsFile{"/docs", "text/html; charset=utf-8", docs::docs_html},
      DocsFile{"/docs/docs.js", "text/javascript; charset=utf-8", docs::docs_js},
      DocsFile{"/docs/docs.css", "text/css; charset=utf-8", docs::docs_css},
      DocsFile{"/docs/docs.svg", "image/svg+xml", docs::docs_svg}};
  return files;
}

}  // namespace aremko::rest
