// project.sqlite, byte by byte.
#include "tests/fuzz/project_read.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  for (const char* left : {"project.sqlite-wal", "project.sqlite-shm", "project.sqlite-journal"})
    std::filesystem::remove(folder.path() / left);
  folder.write("project.sqlite", fuzz::textOf(data, size));
  fuzz::readProject(folder.path());
  return 0;
}
