// Against files that NumPy wrote (tests/golden/numbers).
#include "core/data/npy_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <stdexcept>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/npy.h"
#include "core/data/npy_writer.h"

namespace discern::data {
namespace {
namespace fs = std::filesystem;

fs::path golden(const std::string& name) {
  return fs::path(DISCERN_SOURCE_DIR) / "tests/golden/numbers" / name;
}

std::vector<float> read(const NpyRows& rows, std::int64_t first, std::int64_t count) {
  std::vector<float> values(static_cast<std::size_t>(count * rows.cols()));
  rows.read(first, count, values.data());
  return values;
}

std::vector<float> expected(std::int64_t first, std::int64_t count) {
  std::vector<float> values;
  for (auto i = first; i < first + count; ++i)
    for (int j = 0; j < 4; ++j) values.push_back(static_cast<float>(i + 1) / 2 - static_cast<float>(j) / 4);
  return values;
}

TEST(NpyRows, EveryTypeAndOrderIsTheSameNumbers) {
  for (const char* name : {"single.npy", "half.npy", "double_fortran.npy"}) {
    SCOPED_TRACE(name);
    const NpyRows rows(golden(name));
    EXPECT_EQ(rows.rows(), 6);
    EXPECT_EQ(rows.cols(), 4);
    EXPECT_EQ(read(rows, 0, 6), expected(0, 6));
    EXPECT_EQ(read(rows, 2, 3), expected(2, 3));
    EXPECT_EQ(read(rows, 6, 0), std::vector<float>());
    EXPECT_THROW(read(rows, 5, 2), std::logic_error);
  }
  const NpyRows scores(golden("scores.npy"));
  EXPECT_EQ(scores.cols(), 1);
  EXPECT_EQ(read(scores, 0, 6), (std::vector<float>{0.125F, 0.25F, 0.375F, 0.5F, 0.625F, 0.75F}));
}

TEST(NpyRows, ArraysOfAnNpzAreTheSameNumbersPackedOrNot) {
  for (const char* name : {"one.npz", "several.npz"}) {
    SCOPED_TRACE(name);
    const NpyRows rows(name, readNpzArray(golden(name), "embeddings"));
    EXPECT_EQ(read(rows, 1, 4), expected(1, 4));
    const auto headers = listNpz(golden(name));
    EXPECT_EQ(toString(headers.at("embeddings")), "6 x 4 float32");
    EXPECT_EQ(toString(headers.at("image_path")), "6 texts");
    EXPECT_EQ(toString(headers.at("labels")), "6 int64");
    EXPECT_EQ(textsOf(readNpzArray(golden(name), "image_path")).at(5), "id03/001.jpg");
  }
  EXPECT_EQ(textsOf(readNpzArray(golden("bytes.npz"), "paths")).at(2), "id02/000.jpg");
  EXPECT_EQ(listNpz(golden("objects.npz")).at("paths").type, "|O");
  EXPECT_THROW(readNpzArray(golden("objects.npz"), "paths"), Error);
  EXPECT_THROW(readNpz(golden("bytes.npz")), Error);  // weights are numbers
}

TEST(NpyRows, HalvesOfEverySort) {  // as IEEE 754 has them
  const std::vector<std::uint16_t> bits{0x0000, 0x8000, 0x3C00, 0xC000, 0x7BFF,
                                        0x0400, 0x0001, 0x7C00, 0x7E00};
  NpzArray array{.type = "<f2", .shape = {9}};
  for (const auto half : bits) {
    array.bytes += static_cast<char>(half & 0xFF);
    array.bytes += static_cast<char>(half >> 8);
  }
  const auto values = read(NpyRows("x", array), 0, 9);
  EXPECT_EQ((std::vector<float>(values.begin(), values.begin() + 8)),
            (std::vector<float>{0, 0, 1, -2, 65504, 6.103515625e-05F, 5.9604644775390625e-08F, HUGE_VALF}));
  EXPECT_TRUE(std::signbit(values[1]));
  EXPECT_TRUE(std::isnan(values[8]));
}

TEST(NpyRows, WhatIsNoSuchArrayIsOneSentence) {
  const fs::path file = fs::path(::testing::TempDir()) / "discern_rows.npy";
  const auto message = [&](const std::string& bytes) -> std::string {
    std::ofstream(file, std::ios::binary) << bytes;
    try {
      const NpyRows rows(file);
      read(rows, 0, rows.rows());
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("discern_rows.npy"), std::string::npos);
      return e.what();
    }
    return "read";
  };
  const std::string whole = readFile(golden("single.npy"));
  EXPECT_EQ(message(whole), "read");
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_NE(message(whole.substr(0, length)), "read") << length;
  EXPECT_NE(message(whole + "x").find("too long"), std::string::npos);
  EXPECT_NE(message(readFile(golden("swapped.npy"))).find(">f4"), std::string::npos);
  std::string lie = whole;
  lie.replace(lie.find("(6, 4)"), 6, "(999999999999, 4)");
  EXPECT_NE(message(lie).find("6 x 4"), 0U);
  EXPECT_NE(message(lie), "read");
  fs::remove(file);
}

TEST(NpyWriter, WritesWhatSaveWrites) {
  const fs::path folder = fs::path(::testing::TempDir());
  Matrix matrix(3, 2);
  matrix.values = {1, 2, 3, 4, 5, 6};
  saveNpy(folder / "whole.npy", matrix.view());
  {
    NpyWriter writer(folder / "parts.npy", 3, 2);
    writer.append(std::span(matrix.values).first(4));
    EXPECT_THROW(writer.commit(), std::logic_error);
    writer.append(std::span(matrix.values).last(2));
    EXPECT_FALSE(fs::exists(folder / "parts.npy"));
    writer.commit();
  }
  EXPECT_EQ(readFile(folder / "parts.npy"), readFile(folder / "whole.npy"));
  for (const char* name : {"whole.npy", "parts.npy"}) fs::remove(folder / name);
}

}  // namespace
}  // namespace discern::data
