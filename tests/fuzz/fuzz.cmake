# fuzzer(NAME SOURCE LIBS…): the libFuzzer program fuzz_NAME, under `cmake --preset fuzz` alone, since the libraries
# must be compiled for it. `build-fuzz/fuzz_NAME -max_total_time=60 corpus-dir` looks for a minute.
function(fuzzer name source)
  if(NOT AREMKO_SANITIZE MATCHES "fuzzer-no-link")
    return()
  endif()
  add_executable(fuzz_${name} ${source})
  target_link_libraries(fuzz_${name} PRIVATE ${ARGN} aremko_options)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_precompile_headers(fuzz_${name} REUSE_FROM aremko_pch)
endfunction()

fuzzer(http tests/fuzz/http_fuzz.cpp aremko_net)
fuzzer(normalize tests/fuzz/normalize_fuzz.cpp aremko_normalize)
fuzzer(csv tests/fuzz/csv_fuzz.cpp aremko_sources)
fuzzer(match tests/fuzz/match_fuzz.cpp aremko_identity)
fuzzer(mcp tests/fuzz/mcp_fuzz.cpp aremko_mcp)
