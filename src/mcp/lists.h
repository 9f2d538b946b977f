#pragma once
// The lists a client asks for, written once at start and then only put together.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/protocol.h"
#include "mcp/registry.h"

namespace aremko::mcp {

class Lists {
 public:
  explicit Lists(const Registry& registry);

  struct Page {
    std::string members{};  // of the result: `"tools":[…],"nextCursor":"…"`
    bool valid = true;      // false: no cursor of ours
  };
  /// `method` is one of tools/list, prompts/list, resources/list, resources/templates/list. What `scope` does not
  /// cover is left out. `cursor` is empty for the first page.
  Page page(std::string_view method, std::string_view language, Scope scope, std::string_view cursor) const;
  static bool is_list(std::string_view method);

  /// By the tool's place in the registry.
  const std::vector<MirroredParameter>& mirrored(std::size_t tool) const { return mirrored_[tool]; }

 private:
  struct Entry {
    Scope scope = Scope::read;
    std::array<std::string, 2> json;  // Spanish, English
  };
  struct List {
    std::string_view method, member;
    std::vector<Entry> entries;
  };
  std::vector<List> lists_;
  std::vector<std::vector<MirroredParameter>> mirrored_;
  std::size_t page_size_;
};

}  // namespace aremko::mcp
