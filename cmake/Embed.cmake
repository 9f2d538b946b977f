# Writes OUTPUT: a header with one std::string_view per file of FILES. Raw literals are cut into pieces of
# 8,000 bytes, well under the length every compiler must accept.
set(text "#pragma once\n// Generated from files of the source tree; do not edit.\n#include <string_view>\nnamespace ${NAMESPACE} {\n")
foreach(file ${FILES})
  get_filename_component(name "${file}" NAME)
  string(MAKE_C_IDENTIFIER "${name}" name)
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR bytes "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
  # A break every 2,000 bytes keeps lines readable to tools.
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f]))" "\\1" hex "${hex}")
  string(APPEND text "inline constexpr char ${name}_bytes[] =\n    \"${hex}\";\n")
  string(APPEND text "inline constexpr std::string_view ${name}{${name}_bytes, ${bytes}};\n")
endforeach()
string(APPEND text "}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${text}")
