#include "core/base/files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"

namespace discern {
namespace {
namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() { fs::create_directories(folder_); }
  ~Files() override { fs::remove_all(folder_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  const fs::path folder_ = fs::path(::testing::TempDir()) / "discern_files";
  const fs::path file_ = folder_ / "some.txt";
};

TEST_F(Files, WritesAndReadsBack) {
  const std::string bytes("a\0b\r\nc", 6);
  writeFileAtomically(file_, bytes);
  EXPECT_EQ(readFile(file_), bytes);
  EXPECT_EQ(readFile(file_, 2, 3), bytes.substr(2, 3));
  EXPECT_EQ(readFile(file_, 4), "\nc");
  EXPECT_EQ(readFile(file_, 6), "");
  writeFileAtomically(file_, "");
  EXPECT_EQ(readFile(file_), "");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, ReadingBeyondTheEndOrNothingIsAnErrorThatNamesTheFile) {
  writeFileAtomically(file_, "12345");
  EXPECT_THROW(readFile(file_, 3, 3), Error);
  EXPECT_THROW(readFile(file_, 6), Error);
  EXPECT_THROW(readFile(file_, -1, 2), Error);
  EXPECT_THROW(readFile(folder_), Error);
  try {
    readFile(folder_ / "gone.txt");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("gone.txt"), std::string::npos);
  }
}

TEST_F(Files, TheHashIsOfTheContentsAlone) {
  const auto hashed = [&](const std::string& contents) {
    writeFileAtomically(file_, contents);
    return hashOfFile(file_);
  };
  const std::string nineteen = "0123456789abcdefghi";
  const auto hash = hashed(nineteen);
  writeFileAtomically(folder_ / "other.txt", nineteen);
  EXPECT_EQ(hashOfFile(folder_ / "other.txt"), hash);
  for (std::size_t i = 0; i < nineteen.size(); ++i) {  // every byte counts, those of the last, short word too
    std::string changed = nineteen;
    changed[i] ^= 1;
    EXPECT_NE(hashed(changed), hash) << i;
  }
  EXPECT_NE(hashed("89abcdef01234567ghi"), hash);  // so does their order
  EXPECT_NE(hashed(nineteen + '\0'), hash);        // and their number
  EXPECT_NE(hashed(""), hashed(std::string(1, '\0')));
  EXPECT_THROW(hashOfFile(folder_ / "gone.txt"), Error);
}

TEST_F(Files, AnUncommittedFileLeavesTheOldOneAndNoTrace) {
  writeFileAtomically(file_, "old");
  {
    AtomicFile next(file_);
    std::ofstream(next.temporary()) << "half of the n";
    EXPECT_EQ(readFile(file_), "old");
    EXPECT_EQ(entries(), 2U);
  }
  EXPECT_EQ(readFile(file_), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, CommitReplacesTheOldOne) {
  writeFileAtomically(file_, "old");
  AtomicFile next(file_);
  std::ofstream(next.temporary()) << "new";
  next.commit();
  EXPECT_EQ(readFile(file_), "new");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, WritingWhereItIsImpossibleIsAnError) {
  EXPECT_THROW(writeFileAtomically(folder_ / "no" / "such" / "folder.txt", "x"), Error);
  EXPECT_THROW(AtomicFile(file_).commit(), Error);  // nothing was written
  EXPECT_EQ(entries(), 0U);
  fs::create_directories(folder_ / "a folder" / "inside");
  EXPECT_THROW(writeFileAtomically(folder_ / "a folder", "x"), Error);
  EXPECT_EQ(entries(), 1U);
}

}  // namespace
}  // namespace discern
