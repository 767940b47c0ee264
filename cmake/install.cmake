include(GNUInstallDirs)
install(DIRECTORY resources/ DESTINATION ${CMAKE_INSTALL_DATADIR}/discern PATTERN translations EXCLUDE)
