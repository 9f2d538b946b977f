# Google Benchmark programs: cmake --preset release -DAREMKO_BENCH=ON && ninja -C build bench_normalize
option(AREMKO_BENCH "build the benchmarks of bench/" OFF)

# benchmark_program(NAME file LIBS…): the program bench_NAME.
function(benchmark_program name file)
  if(NOT AREMKO_BENCH)
    return()
  endif()
  find_package(benchmark REQUIRED)
  add_executable(bench_${name} EXCLUDE_FROM_ALL ${file})
  target_link_libraries(bench_${name} PRIVATE ${ARGN} benchmark::benchmark benchmark::benchmark_main)
  target_precompile_headers(bench_${name} REUSE_FROM aremko_pch)
endfunction()

benchmark_program(normalize bench/normalize_bench.cpp aremko_normalize)

# Prints its own table: search_bench [people a side] [questions of a kind].
if(AREMKO_BENCH)
  add_executable(search_bench EXCLUDE_FROM_ALL bench/search_bench.cpp)
  target_link_libraries(search_bench PRIVATE aremko_snapshot)
  target_precompile_headers(search_bench REUSE_FROM aremko_pch)
endif()
benchmark_program(analytics bench/analytics_bench.cpp aremko_analytics)

# Prints its own table: match_bench LEFT.csv RIGHT.csv [rows that come alone].
if(AREMKO_BENCH)
  add_executable(match_bench EXCLUDE_FROM_ALL bench/match_bench.cpp)
  target_link_libraries(match_bench PRIVATE aremko_cli)
  target_precompile_headers(match_bench REUSE_FROM aremko_pch)
endif()
