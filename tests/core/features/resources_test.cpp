#include "core/features/resources.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/error.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

TEST(Resources, TheEnvironmentComesFirst) {
  const Scratch scratch;
  scratch.write("thing.txt", "x");
  setenv("DISCERN_RESOURCES", scratch.path("").c_str(), 1);
  EXPECT_EQ(std::filesystem::canonical(resource("thing.txt")),
            std::filesystem::canonical(scratch.path("thing.txt")));
  std::string message;
  try {
    resource("absent.txt");
  } catch (const Error& e) {
    message = e.what();
  }
  unsetenv("DISCERN_RESOURCES");
  EXPECT_NE(message.find("absent.txt"), std::string::npos);
  EXPECT_NE(message.find("DISCERN_RESOURCES"), std::string::npos);
}

TEST(Resources, ElseTheSourceTree) {
  unsetenv("DISCERN_RESOURCES");
  EXPECT_EQ(resource("icons"), std::filesystem::path(DISCERN_SOURCE_DIR) / "resources" / "icons");
}

}  // namespace
}  // namespace discern::features
