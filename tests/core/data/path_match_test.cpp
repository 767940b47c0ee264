#include "core/data/path_match.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/rng.h"

namespace discern::data {
namespace {
using Paths = std::vector<std::string>;
using Found = std::vector<int>;

TEST(PathMatch, TheSamePathIsTheSameImage) {
  EXPECT_EQ(matchPaths({"/x/a.jpg", "/y/a.jpg"}, {"/y/a.jpg", "/x/./b/../a.jpg", "\\x\\a.jpg"}),
            (Found{1, 0, 0}));
}

TEST(PathMatch, ARelativePathIsTheEndOfAnAbsoluteOne) {
  const Paths known{"/x/y/id01/000.jpg", "/x/y/id01/001.jpg", "/x/y/id02/000.jpg"};
  EXPECT_EQ(matchPaths(known, {"id02/000.jpg", "id01/001.jpg", "id01/000.jpg"}), (Found{2, 1, 0}));
  EXPECT_EQ(matchPaths(known, {"./id01/000.jpg"}), (Found{0}));
}

TEST(PathMatch, AnotherRootIsTakenOff) {
  const Paths known{"/x/y/id01/000.jpg", "/x/y/id02/000.jpg"};
  EXPECT_EQ(matchPaths(known, {"/data/set/id01/000.jpg", "/data/set/id02/000.jpg"}), (Found{0, 1}));
  EXPECT_EQ(matchPaths({"id01/000.jpg", "id02/000.jpg"}, {"/data/set/id02/000.jpg"}), (Found{1}));
}

// The file name alone says nothing where there are folders.
TEST(PathMatch, AnotherFolderIsAnotherImage) {
  const Paths known{"/x/y/id01/000.jpg"};
  EXPECT_EQ(matchPaths(known, {"id07/000.jpg"}), (Found{kNoPath}));
  EXPECT_EQ(matchPaths(known, {"/data/id07/000.jpg"}), (Found{kNoPath}));
  // Below what the asked ones share it is train/id01, which is not the end of /x/test/id01.
  EXPECT_EQ(matchPaths({"/x/test/id01/000.jpg"}, {"/d/train/id01/000.jpg", "/d/other/id02/000.jpg"}),
            (Found{kNoPath, kNoPath}));
}

TEST(PathMatch, TheLongestEndWinsAndEquallyLongOnesAreSeveral) {
  const Paths known{"/a/train/id01/0.jpg", "/a/test/id01/0.jpg"};
  EXPECT_EQ(matchPaths(known, {"test/id01/0.jpg"}), (Found{1}));
  EXPECT_EQ(matchPaths(known, {"id01/0.jpg"}), (Found{kSeveralPaths}));
  // Two pictures of one name: several, however it is written.
  EXPECT_EQ(matchPaths({"/a/0.jpg", "/a/0.jpg"}, {"/a/0.jpg", "0.jpg"}),
            (Found{kSeveralPaths, kSeveralPaths}));
}

TEST(PathMatch, ANameAloneIsEnoughWhereOnlyOneHasIt) {
  const Paths known{"/ijb/loose_crop/1.jpg", "/ijb/loose_crop/2.jpg", "/other/2.jpg"};
  EXPECT_EQ(matchPaths(known, {"1.jpg", "2.jpg", "3.jpg", ""}), (Found{0, kSeveralPaths, kNoPath, kNoPath}));
  EXPECT_EQ(matchPaths({"1.jpg", "2.jpg"}, {"/ijb/loose_crop/2.jpg"}), (Found{1}));
}

// The rule again, by brute force over every pair.
int slowly(const Paths& known, const std::string& asked, int shared) {
  const auto names = [](const std::string& path) {
    Paths parts;
    std::string part;
    for (const char c : path + "/")
      if (c != '/')
        part += c;
      else if (!part.empty())
        parts.push_back(std::exchange(part, {}));
    return parts;
  };
  const auto a = names(asked);
  int most = 0, best = kNoPath, exact = kNoPath;
  for (std::size_t k = 0; k < known.size(); ++k) {
    if (known[k] == asked) exact = exact == kNoPath ? static_cast<int>(k) : kSeveralPaths;
    const auto b = names(known[k]);
    int common = 0;
    while (common < std::ssize(a) && common < std::ssize(b) &&
           a[a.size() - 1 - static_cast<std::size_t>(common)] ==
               b[b.size() - 1 - static_cast<std::size_t>(common)])
      ++common;
    const int own = static_cast<int>(b.size()), all = static_cast<int>(a.size());
    const int least = std::max(std::min({2, own, all}), std::min(all - shared, own));
    if (common == 0 || common < least || common < most) continue;
    best = common == most ? kSeveralPaths : static_cast<int>(k);
    most = common;
  }
  return exact != kNoPath ? exact : best;
}

TEST(PathMatch, AgreesWithBruteForce) {
  Rng rng(7);
  const auto name = [&] { return std::string(1, static_cast<char>('a' + rng.below(3))); };
  for (int trial = 0; trial < 400; ++trial) {
    const auto paths = [&](const std::string& root, std::int64_t count) {
      Paths list;
      for (std::int64_t i = 0; i < count; ++i) {
        std::string path = root;
        for (std::int64_t depth = rng.below(3); depth > 0; --depth) path += name() + "/";
        list.push_back(path + name());
      }
      return list;
    };
    const Paths known = paths(rng.below(2) == 0 ? "/r/" : "", 1 + rng.below(8));
    Paths asked = paths("/q/", 1 + rng.below(5));
    asked.push_back("/q/z");  // so that they share /q alone
    asked.push_back("/q/y/z");
    const auto found = matchPaths(known, asked);
    for (std::size_t i = 0; i < asked.size(); ++i)
      EXPECT_EQ(found[i], slowly(known, asked[i], 1)) << asked[i] << " of " << testing::PrintToString(known);
  }
}

}  // namespace
}  // namespace discern::data
