# Tests beside src/: what several rooms' tests share, and the suites that run over more than one room or engine.
add_library(aremko_test_support STATIC tests/support/postgres.cpp)
target_link_libraries(aremko_test_support PUBLIC aremko_options PostgreSQL::PostgreSQL)
target_include_directories(aremko_test_support PUBLIC "${CMAKE_SOURCE_DIR}/tests")
target_precompile_headers(aremko_test_support REUSE_FROM aremko_pch)

# suite(NAME SOURCE LIBS…): the program test_NAME, run from the source root.
function(suite name source)
  add_executable(test_${name} ${source})
  target_link_libraries(test_${name} PRIVATE ${ARGN} aremko_test_support GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
  target_precompile_headers(test_${name} REUSE_FROM aremko_pch_test)
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

suite(contract_store "tests/contract/store_contract_test.cpp;tests/contract/store_bad_days_test.cpp;tests/contract/store_review_test.cpp;tests/contract/store_jobs_test.cpp;tests/contract/store_records_test.cpp;tests/contract/store_merges_test.cpp;tests/contract/store_staff_test.cpp" aremko_store)

include(tests/fuzz/fuzz.cmake)

# The house rules, and the real program end to end; both in Python's standard library.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME house COMMAND Python3::Interpreter tests/house_test.py WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
# CONTRIBUTING.md's examples: the same text under every sanitizer, so the release build's alone.
if(NOT AREMKO_SANITIZE)
  add_test(NAME contributing COMMAND Python3::Interpreter tests/contributing_test.py WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(contributing PROPERTIES ENVIRONMENT "BUILD=${CMAKE_BINARY_DIR}" TIMEOUT 1200)
endif()
# The dashboard's arithmetic, without a browser: no sanitizer sees it.
if(NOT AREMKO_SANITIZE)
  add_test(NAME web_arithmetic COMMAND "${CMAKE_SOURCE_DIR}/scripts/web-test")
  set_tests_properties(web_arithmetic PROPERTIES SKIP_RETURN_CODE 69)
endif()
file(GLOB scenarios CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/scenarios/*_test.py")
# They measure time and memory, which a sanitizer makes its own.
set(measuring lanes_test drills_test mcp_budgets_test standing_still_test)
# They hold figures and pages against what is right: a sanitizer sees the same code in the rooms' tests and the other scenarios.
set(figures web_test meaning_test renumbered_test pooler_test)
foreach(scenario ${scenarios})
  get_filename_component(name "${scenario}" NAME_WE)
  if(AREMKO_SANITIZE AND (name IN_LIST measuring OR name IN_LIST figures))
    continue()
  endif()
  add_test(NAME scenario_${name} COMMAND Python3::Interpreter ${scenario} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(scenario_${name} PROPERTIES ENVIRONMENT "AREMKO=$<TARGET_FILE:aremko>" TIMEOUT 3000)
  if(name STREQUAL "web_test")
    set_tests_properties(scenario_${name} PROPERTIES COST 1000)  # the longest begins first
  endif()
endforeach()
if(NOT AREMKO_SANITIZE)
  foreach(name ${measuring})
    set_tests_properties(scenario_${name} PROPERTIES RUN_SERIAL TRUE)
  endforeach()
endif()

# The product's protocol with the conformance suite's own tools: what scenarios/mcp_conformance_test.py runs against.
add_executable(aremko-conformance tests/conformance/main.cpp tests/conformance/tools.cpp
               tests/conformance/asking_tools.cpp tests/conformance/resources_prompts.cpp)
target_link_libraries(aremko-conformance PRIVATE aremko_mcp)
target_include_directories(aremko-conformance PRIVATE "${CMAKE_SOURCE_DIR}/tests")
target_precompile_headers(aremko-conformance REUSE_FROM aremko_pch)
