# cpack -G DEB in a build folder makes the Debian package.
if(DISCERN_UI)
  install(FILES packaging/org.discern.Workbench.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES packaging/org.discern.Workbench.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES packaging/org.discern.Workbench.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/discern RENAME copyright)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/discern)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/discern)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME discern)
set(CPACK_PACKAGE_VENDOR "The Discern authors")
set(CPACK_PACKAGE_CONTACT "The Discern authors <discern@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Workbench for face recognition over groups of images")
set(CPACK_PACKAGE_DESCRIPTION
    "Scores every image of a face template by how well it can be told from the identity it is most\nconfused with, shows what can be dropped and what that saves, and trains a tiny network that\npredicts the score from pixels. A window and a command line over one engine.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Debian's plain libblas3 is ten times slower; the window's text needs a font; Qt's own buttons in other languages.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libopenblas0-pthread, fonts-dejavu-core, qt6-translations-l10n")
include(CPack)
