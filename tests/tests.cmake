# Tests beside src/: what several rooms' tests share, and the suites that run over more than one room or engine.
add_library(aremko_test_support STATIC tests/support/postgres.cpp)
target_link_libraries(aremko_test_support PUBLIC aremko_options PostgreSQL::PostgreSQL)
target_include_directories(aremko_test_support PUBLIC "${CMAKE_SOURCE_DIR}/tests")
target_precompile_headers(aremko_test_support REUSE_FROM aremko_pch)
