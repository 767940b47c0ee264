#include <cstring>

#include "core/imaging/image.h"
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
using Lines = std::vector<std::string>;

template <typename T>
std::string raw(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// As MXNet writes them: magic, length, IfQQ header, labels, image, padding to four bytes.
struct Writer {
  std::string rec, idx;

  void add(int key, std::uint32_t flag, float label, const std::vector<float>& labels,
           const std::string& image, std::uint32_t cflag = 0) {
    std::string payload = raw(flag) + raw(label) + raw<std::uint64_t>(7) + raw<std::uint64_t>(0);
    for (const float value : labels) payload += raw(value);
    payload += image;
    idx += std::to_string(key) + "\t" + std::to_string(rec.size()) + "\n";
    rec += raw<std::uint32_t>(0xced7230a) + raw(cflag << 29 | static_cast<std::uint32_t>(payload.size())) +
           payload;
    rec.resize((rec.size() + 3) / 4 * 4, '\0');
  }
};

std::string pixel(int value) { return "P5 1 1 255\n" + std::string(1, static_cast<char>(value)); }

class RecordIo : public DatasetTest {
 protected:
  // Images 1 to 4 of the people 3 and 12, then the ranges of both.
  static Writer faces() {
    Writer w;
    w.add(0, 2, 0, {5, 7}, "");
    w.add(1, 0, 12, {}, pixel(1));
    w.add(2, 0, 12, {}, pixel(2));
    w.add(3, 2, 0, {3, 99}, pixel(3));  // several labels: the first is the person
    w.add(4, 1, 0, {3}, pixel(4));
    w.add(5, 2, 0, {1, 3}, "");
    w.add(6, 2, 0, {3, 5}, "");
    return w;
  }
  void save(const Writer& w) {
    write("set/train.rec", w.rec);
    write("set/train.idx", w.idx);
  }
  std::vector<int> pixels(const data::Dataset& dataset) {
    std::vector<int> values;
    for (const auto& s : dataset.samples)
      values.push_back(imaging::loadImage(s.image).at<cv::Vec3b>(0, 0)[0]);
    return values;
  }
};

TEST_F(RecordIo, ImagesStayInTheFileAndPeopleAreTheirLabels) {
  save(faces());
  write("set/property", "2,112,112\n");
  for (const char* path : {"set", "set/train.rec"}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "rec");
    EXPECT_EQ(dataset.identities, (Lines{"3", "12"}));
    ASSERT_EQ(dataset.samples.size(), 4U);
    EXPECT_EQ(pixels(dataset), (std::vector<int>{1, 2, 3, 4}));
    EXPECT_EQ(dataset.samples[0].identity, 1);
    EXPECT_EQ(dataset.samples[2].identity, 0);
    EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  }
  write("set/property", "9,112,112\n");
  EXPECT_TRUE(hasProblem(import("set"), "set/property", "promises 9"));
  EXPECT_EQ(pixels(import("set", "rec", {.identities = {"3"}})), (std::vector<int>{3, 4}));
}

TEST_F(RecordIo, WithoutAHeaderRecordEveryKeyIsAnImage) {
  Writer w;
  w.add(0, 0, 1, {}, pixel(10));
  w.add(1, 0, 2, {}, pixel(11));
  save(w);
  EXPECT_EQ(pixels(import("set")), (std::vector<int>{10, 11}));
}

// im2rec --pack-label: every record has several labels, the first too, which is an image like all others.
TEST_F(RecordIo, PackedLabelsMakeNoHeader) {
  Writer w;
  for (int i = 0; i < 8; ++i) w.add(i, 2, 0, {i < 4 ? 3.0F : 9.0F, 1}, pixel(20 + i));
  save(w);
  const auto dataset = import("set");
  EXPECT_EQ(dataset.identities, (Lines{"3", "9"}));
  EXPECT_EQ(pixels(dataset), (std::vector<int>{20, 21, 22, 23, 24, 25, 26, 27}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
}

TEST_F(RecordIo, ImagesThatTheHeaderDoesNotCountAreListed) {
  Writer w;
  w.add(0, 2, 0, {4, 6}, "");
  for (int i = 1; i < 6; ++i) w.add(i, 0, 1, {}, pixel(i));
  save(w);
  const auto dataset = import("set");
  EXPECT_EQ(pixels(dataset), (std::vector<int>{1, 2, 3}));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec", "2 records from there on hold images"))
      << listProblems(dataset);
  w.rec.clear();
  w.idx.clear();
  w.add(0, 2, 0, {9, 11}, "");
  w.add(1, 0, 1, {}, pixel(1));
  save(w);
  EXPECT_TRUE(hasProblem(import("set"), "set/train.rec", "promises 8 images, but the index lists 1"));
}

TEST_F(RecordIo, UnusableRecordsAreNamedByKeyAndByte) {
  Writer w = faces();
  w.idx.clear();
  w.rec.clear();
  w.add(0, 2, 0, {9, 10}, "");
  w.add(1, 0, 1, {}, pixel(1));
  w.add(2, 0, 1, {}, "");
  w.add(3, 0, 2, {}, "no image");
  w.add(4, 0, 2, {}, pixel(4), 1);
  w.add(5, 0, 2.5F, {}, pixel(5));
  w.add(6, 4000, 2, {}, pixel(6));
  w.add(7, 0, 2, {}, pixel(7));
  w.idx += "8\t3\n";
  save(w);
  const auto dataset = import("set");
  EXPECT_EQ(pixels(dataset), (std::vector<int>{1, 7}));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 2", "zero bytes"));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 3", "known image"));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 4", "several parts"));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 5", "whole number"));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 6", "damaged"));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 8 at byte 3", "no record"));
  EXPECT_EQ(dataset.problems.size(), 6U) << listProblems(dataset);
}

TEST_F(RecordIo, CutOffFilesKeepWhatIsWhole) {
  Writer w = faces();
  w.rec.resize(w.rec.size() * 2 / 3);
  save(w);
  const auto dataset = import("set");
  EXPECT_EQ(pixels(dataset), (std::vector<int>{1, 2, 3}));
  EXPECT_TRUE(hasProblem(dataset, "set/train.rec: key 4", "cut off")) << listProblems(dataset);
}

TEST_F(RecordIo, IndexesThatMakeNoSenseAreRefused) {
  save(faces());
  write("set/train.idx", "0\t0\n1 forty\n");
  EXPECT_TRUE(contains(errorOf("set"), "train.idx:2")) << errorOf("set");
  write("set/train.idx", "0\t0\n1\t-4\n");
  EXPECT_TRUE(contains(errorOf("set"), "train.idx:2")) << errorOf("set");
  write("set/train.idx", "0\t0\n1\t40\n1\t80\n");
  EXPECT_TRUE(contains(errorOf("set"), "key 1 is listed twice")) << errorOf("set");
  write("set/train.idx", "");
  EXPECT_TRUE(contains(errorOf("set"), "empty")) << errorOf("set");
  write("set/train.idx", "0\t4\n");
  EXPECT_TRUE(contains(errorOf("set"), "belong together")) << errorOf("set");
  std::filesystem::remove(root_ / "set/train.idx");
  EXPECT_TRUE(contains(errorOf("set"), "train.idx: is not there")) << errorOf("set");
}

}  // namespace
}  // namespace discern::datasets
