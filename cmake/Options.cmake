# One interface target carries what every translation unit of ours is compiled with.
add_library(aremko_options INTERFACE)
target_compile_options(aremko_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-align -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Werror
  -Xclang -fno-pch-timestamp)
target_include_directories(aremko_options INTERFACE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_BINARY_DIR}/generated")
target_include_directories(aremko_options SYSTEM INTERFACE "${AREMKO_BOOST_DIR}")
target_compile_definitions(aremko_options INTERFACE
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(aremko_options INTERFACE Threads::Threads fmt::fmt)
target_link_options(aremko_options INTERFACE -fuse-ld=mold)
# Any processor of the last fifteen years (src/app/main.cpp tells older ones); others, such as ARM64, by their own baseline.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
  target_compile_options(aremko_options INTERFACE -march=x86-64-v2)
endif()

set(AREMKO_SANITIZE "" CACHE STRING "address,undefined or thread: build with these sanitizers")
if(AREMKO_SANITIZE)
  target_compile_options(aremko_options INTERFACE
    -fsanitize=${AREMKO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(aremko_options INTERFACE -fsanitize=${AREMKO_SANITIZE})
else()
  # What a fault of ours must not become: Debian's own hardening, and the standard library's checks. The sanitizers have theirs.
  target_compile_options(aremko_options INTERFACE
    -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS)
  target_link_options(aremko_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
    target_compile_options(aremko_options INTERFACE -fcf-protection=full)
    target_link_options(aremko_options INTERFACE -Wl,-z,ibt,-z,shstk)
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
