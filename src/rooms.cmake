# The rooms in order of rank; each names the rooms it includes and the libraries it uses.
room(base LIBS date::date-tz spdlog::spdlog PkgConfig::XXHASH)
room(model ROOMS base)
room(net ROOMS base LIBS ZLIB::ZLIB)
room(sql ROOMS base LIBS PostgreSQL::PostgreSQL SQLite::SQLite3 TEST_LIBS aremko_test_support)
room(normalize ROOMS model base LIBS ${PHONENUMBER_LIBRARY} ICU::uc)
room(sources ROOMS normalize sql model base TEST_LIBS aremko_test_support)
room(store ROOMS sql model base LIBS PkgConfig::SODIUM TEST_LIBS aremko_test_support)
file(GLOB store_sql CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/store/queries/*.sql"
     "${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql")
embed(aremko_store store/sql_text.h aremko::store::sql_text ${store_sql})
room(demo ROOMS normalize sql model base TEST_LIBS aremko_test_support)
file(GLOB demo_data CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/demo/data/*.txt")
file(GLOB demo_schema CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/demo/schema/*.sql")
embed(aremko_demo demo_data.h aremko::demo::data ${demo_data})
embed(aremko_demo demo_schema.h aremko::demo::schema ${demo_schema})
room(identity ROOMS sources normalize model base)
room(snapshot ROOMS identity sources normalize model base)
room(analytics ROOMS snapshot sources normalize model base)
room(operations ROOMS analytics snapshot identity store sources normalize model base
     LIBS PkgConfig::SODIUM PkgConfig::XLSXWRITER)
file(GLOB operations_examples CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/operations/examples/*.json")
embed(aremko_operations operations_examples.h aremko::operations::examples::files ${operations_examples})
room(rest ROOMS operations net base LIBS prometheus-cpp::core)
embed(aremko_rest rest_docs.h aremko::rest::docs
      ${CMAKE_SOURCE_DIR}/src/rest/docs/docs.html ${CMAKE_SOURCE_DIR}/src/rest/docs/docs.js
      ${CMAKE_SOURCE_DIR}/src/rest/docs/docs.css ${CMAKE_SOURCE_DIR}/src/rest/docs/docs.svg)
room(mcp ROOMS operations analytics snapshot store net model base LIBS PkgConfig::SODIUM PkgConfig::CJOSE)
embed(aremko_mcp mcp_cards.h aremko::mcp::cards
      ${CMAKE_SOURCE_DIR}/src/mcp/cards/card.css ${CMAKE_SOURCE_DIR}/src/mcp/cards/host.js
      ${CMAKE_SOURCE_DIR}/src/mcp/cards/guest.js ${CMAKE_SOURCE_DIR}/src/mcp/cards/segments.js)
room(cli ROOMS operations identity demo sources normalize base LIBS CLI11::CLI11)
room(app ROOMS cli rest mcp operations analytics snapshot identity store sources normalize net sql base)
target_compile_definitions(aremko_app PRIVATE AREMKO_VERSION="${PROJECT_VERSION}")
if(EXISTS "${CMAKE_SOURCE_DIR}/src/app/main.cpp")
  add_executable(aremko src/app/main.cpp)
  target_link_libraries(aremko PRIVATE aremko_app)
  target_precompile_headers(aremko REUSE_FROM aremko_pch)
endif()
