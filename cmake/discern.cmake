# How this project declares a library and a test. One static library per folder.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache understands precompiled headers only with these relaxations.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}  # another checkout finds what this one compiled
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE_PROGRAM})
endif()

# clang-tidy 16 is the first that reads <ranges> of GCC 12; Debian's plain clang-tidy is older.
option(DISCERN_TIDY "Look at every file that Clang can read with clang-tidy; a warning is an error" OFF)
if(DISCERN_TIDY)
  find_program(DISCERN_CLANG_TIDY NAMES clang-tidy-22 clang-tidy-21 clang-tidy-20 clang-tidy-19 clang-tidy-18 clang-tidy-17
               clang-tidy-16 REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${DISCERN_CLANG_TIDY} --quiet --warnings-as-errors=*)
endif()

add_library(discern_flags INTERFACE)
target_compile_options(discern_flags INTERFACE -Wall -Wextra -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_CLANG_TIDY)
  # GCC collects its garbage later: a tenth less time for a tenth more memory.
  target_compile_options(discern_flags INTERFACE --param=ggc-min-expand=1000 --param=ggc-min-heapsize=1000000)
endif()
target_include_directories(discern_flags INTERFACE ${PROJECT_SOURCE_DIR})

# What reads and writes, but does not compute: -O1 compiles a third sooner and runs as fast.
set(DISCERN_PLAIN $<$<CONFIG:Release>:-O1>)

# discern_library(core/data SOURCES a.cpp b.cpp LINKS discern_base ...) makes the target discern_data.
function(discern_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  get_filename_component(name ${folder} NAME)
  add_library(discern_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(discern_${name} PUBLIC discern_flags ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
endfunction()

# discern_registered(formats.def files) reads the files that the lines of a registry name, FORMAT(lfw.cpp, ...), each
# once: a registered file needs no line of its own in CMake.
function(discern_registered registry files)
  file(STRINGS ${registry} lines REGEX "^[A-Z]+[(][a-z0-9_/]+[.]cpp")
  list(TRANSFORM lines REPLACE "^[A-Z]+[(]([a-z0-9_/]+[.]cpp).*" "\\1")
  list(REMOVE_DUPLICATES lines)
  set(${files} ${lines} PARENT_SCOPE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${registry})
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(DISCERN_TEST_OPTIMISATION -O1)
endif()

# discern_test(name SOURCES a_test.cpp LINKS discern_data LABELS unit): a GoogleTest program, one CTest
# test a program. Labels: unit, model, ui, integration, gpu, long. HEADERS_OF names the library whose precompiled
# header it shares (otherwise GoogleTest's own, made by tests/CMakeLists.txt).
function(discern_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;HEADERS_OF" "SOURCES;LINKS;LABELS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 3000)  # minutes at most, however busy the machine: only a hang takes that long
  endif()
  if(NOT ARG_HEADERS_OF)
    set(ARG_HEADERS_OF discern_test_headers)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  # The precompiled headers of libraries were made with -fPIC, which a program has to share to use them. A test's own
  # code need not be fast: -O1 compiles a third sooner (from GCC 13 on, headers precompiled at -O3 cannot be used then).
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE -fPIC ${DISCERN_TEST_OPTIMISATION})
  target_precompile_headers(${name} REUSE_FROM ${ARG_HEADERS_OF})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE DISCERN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "OMP_WAIT_POLICY=passive;OPENBLAS_NUM_THREADS=1;QT_QPA_PLATFORM=offscreen")
endfunction()
