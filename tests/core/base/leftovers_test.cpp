#include "core/base/leftovers.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "core/base/files.h"

namespace discern {
namespace {
namespace fs = std::filesystem;

TEST(Leftovers, OfAProcessThatIsGoneAreRemovedAndNothingElse) {
  const fs::path folder = fs::path(::testing::TempDir()) / "discern_leftovers";
  fs::remove_all(folder);
  fs::create_directories(folder / "some.txt.tmp1-0");  // a folder
  writeFileAtomically(folder / "some.txt", "whole");
  for (const char* name : {"notes.tmp", "some.txt.tmp12", "some.txt.tmp12-3.txt", "a.tmp-1-2"})
    std::ofstream(folder / name) << "somebody's own";
  const AtomicFile ours(folder / "ours.txt");
  std::ofstream(ours.temporary()) << "half";
  const pid_t child = ::fork();
  if (child == 0) {
    AtomicFile file(folder / "some.txt");
    std::ofstream(file.temporary()) << "half of what was to be wri";
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  const auto isLeft = [&](const std::string& name) {
    return name.starts_with("some.txt.tmp" + std::to_string(child));
  };
  ASSERT_EQ(std::erase_if(names, isLeft), 1U);
  removeLeftovers(folder);
  std::set<std::string> now;
  for (const auto& entry : fs::directory_iterator(folder)) now.insert(entry.path().filename());
  EXPECT_EQ(now, names);
  EXPECT_EQ(readFile(folder / "some.txt"), "whole");
  removeLeftovers(folder / "absent");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace discern
