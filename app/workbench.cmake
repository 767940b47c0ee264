# The window. It never links LibTorch: jobs run as child processes of discern.
add_executable(discern-workbench workbench_main.cpp)
target_link_libraries(discern-workbench PRIVATE discern_ui)
target_compile_definitions(discern-workbench PRIVATE DISCERN_VERSION="${PROJECT_VERSION}")
install(TARGETS discern-workbench RUNTIME DESTINATION bin)
