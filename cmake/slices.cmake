# pb_slice(name [DEPENDS slice…] [LIBRARIES target…]): one folder of src/, one static library pb_<name> of its *.cpp and
# one test program test_<name> of its *_test.cpp. errors.tsv becomes <name>/errors.hpp in the build folder.
set(PB_GENERATED ${CMAKE_BINARY_DIR}/generated)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
configure_file(${PROJECT_SOURCE_DIR}/cmake/version.hpp.in ${PB_GENERATED}/base/version.hpp @ONLY)

# What nearly every test reads, compiled once for all of them: a third of a clean build would be theirs. What GCC 12 says
# of the library's own code, and passes over when it reads it as a system header, it does not pass over there.
# A release's tests are not optimised, which would be a fifth of its build; what they test is.
set(PB_TEST_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread> $<$<CONFIG:RelWithDebInfo>:-O0>)
if(PB_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  file(CONFIGURE OUTPUT ${PB_GENERATED}/test_prelude.cpp CONTENT "// Nothing: the header is what counts.\n")
  add_library(test_prelude OBJECT ${PB_GENERATED}/test_prelude.cpp)
  target_link_libraries(test_prelude PRIVATE GTest::gmock GTest::gtest rapidcheck)
  target_compile_options(test_prelude PRIVATE ${PB_TEST_OPTIONS})
  target_precompile_headers(test_prelude PRIVATE ${PROJECT_SOURCE_DIR}/cmake/test_prelude.hpp)
endif()

# Sources that cannot be taken for one another are compiled together: a clean build costs half. They are looked at anew
# whenever one has changed.
if(PB_UNITY)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/tools/unity.py)
  execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/unity.py ${PROJECT_SOURCE_DIR}/src
    ${PB_GENERATED}/unity.cmake COMMAND_ERROR_IS_FATAL ANY)
endif()

# pb_together(target): its sources, in the groups that tools/unity.py found.
function(pb_together target)
  if(PB_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # A class of a source may hold what the source has for itself: GCC warns of it wherever that is not the main file.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

function(pb_slice name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES;TEST_LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  set(errors_tsv ${CMAKE_CURRENT_SOURCE_DIR}/${name}/errors.tsv)
  set(generated "")
  if(EXISTS ${errors_tsv})
    set(generated ${PB_GENERATED}/${name}/errors.hpp)
    add_custom_command(
      OUTPUT ${generated}
      COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/errors.py ${name} ${errors_tsv} ${generated}
      DEPENDS ${errors_tsv} ${PROJECT_SOURCE_DIR}/tools/errors.py
      VERBATIM)
  endif()

  add_library(pb_${name} STATIC ${sources} ${generated})
  pb_together(pb_${name})
  target_include_directories(pb_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PB_GENERATED})
  foreach(dependency ${ARG_DEPENDS})
    target_link_libraries(pb_${name} PUBLIC pb_${dependency})
  endforeach()
  target_link_libraries(pb_${name} PUBLIC ${ARG_LIBRARIES})

  if(PB_TESTS AND tests)
    add_executable(test_${name} ${tests})
    pb_together(test_${name})
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(test_${name} PRIVATE pb_${name} ${ARG_TEST_LIBRARIES} GTest::gmock GTest::gtest_main rapidcheck)
    target_compile_definitions(test_${name} PRIVATE PB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_compile_options(test_${name} PRIVATE ${PB_TEST_OPTIONS})
    target_precompile_headers(test_${name} REUSE_FROM test_prelude)
    add_test(NAME ${name} COMMAND test_${name})
  endif()
endfunction()

# pb_embed(target symbol_header DIR pattern…): the files, as constexpr string_views in <header> under the build folder.
function(pb_embed target header)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${ARGN})
  string(REGEX REPLACE "\\.hpp$" ".cpp" body ${header})
  add_custom_command(
    OUTPUT ${PB_GENERATED}/${header} ${PB_GENERATED}/${body}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/embed.py ${PROJECT_SOURCE_DIR} ${PB_GENERATED}/${header} ${files}
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/tools/embed.py
    VERBATIM)
  target_sources(${target} PRIVATE ${PB_GENERATED}/${header} ${PB_GENERATED}/${body})
endfunction()
