# A room is a folder of src/: one static library from its *.cpp, one test program from its *_test.cpp.
#   room(NAME [ROOMS lower rooms it includes] [LIBS libraries])
# One precompiled header serves every room: extra -D flags of a room's libraries do not contradict it.
# CONFIGURE leaves a file that does not change alone: a new time would rebuild everything.
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/pch.cpp" CONTENT "// Carries the precompiled header.\n")
add_library(aremko_pch OBJECT "${CMAKE_BINARY_DIR}/generated/pch.cpp")
target_link_libraries(aremko_pch PUBLIC aremko_options)
target_precompile_headers(aremko_pch PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h")
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/pch_test.cpp" CONTENT "// Carries the tests' precompiled header.\n")
add_library(aremko_pch_test OBJECT "${CMAKE_BINARY_DIR}/generated/pch_test.cpp")
target_link_libraries(aremko_pch_test PUBLIC aremko_options GTest::gtest GTest::gmock)
target_precompile_headers(aremko_pch_test PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch_test.h")

set(heavy_rooms operations mcp assistants rest cli)

function(room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBS;TEST_LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  set(library aremko_${name})
  list(TRANSFORM ROOM_ROOMS PREPEND aremko_)
  if(sources)
    add_library(${library} STATIC ${sources})
    target_link_libraries(${library} PUBLIC aremko_options ${ROOM_ROOMS} ${ROOM_LIBS})
    target_precompile_headers(${library} REUSE_FROM aremko_pch)
    # Where what is included costs more than what is written, the sanitizers' builds, which nobody edits in, take
    # several files at once; the release build takes each by itself and so shows what a file forgets to include.
    if(AREMKO_SANITIZE AND name IN_LIST heavy_rooms)
      # A name of another file is not shadowed: the release build looks at each by itself.
      set_target_properties(${library} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8
                            UNITY_BUILD_CODE_BEFORE_INCLUDE "#pragma clang diagnostic ignored \"-Wshadow\"")
    endif()
  else()
    add_library(${library} INTERFACE)
    target_link_libraries(${library} INTERFACE aremko_options ${ROOM_ROOMS} ${ROOM_LIBS})
  endif()

  if(tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE ${library} GTest::gtest GTest::gmock GTest::gtest_main rapidcheck
                          ${ROOM_TEST_LIBS})
    target_precompile_headers(test_${name} REUSE_FROM aremko_pch_test)
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()

# Embeds text files as std::string_view constants: embed(TARGET HEADER NAMESPACE file...)
# Each file a/b.sql becomes NAMESPACE::b_sql in "generated/HEADER".
function(embed target header namespace)
  set(output "${CMAKE_BINARY_DIR}/generated/${header}")
  add_custom_command(OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DNAMESPACE=${namespace} "-DFILES=${ARGN}"
            -P ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
  string(MAKE_C_IDENTIFIER "embed_${header}" step)
  add_custom_target(${step} DEPENDS "${output}")
  add_dependencies(${target} ${step})
endfunction()
