#include <zlib.h>

#include <cstring>

#include "tests/datasets/fixture.h"
#include "tests/datasets/mat_writer.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class TinyFace : public DatasetTest {
 protected:
  TinyFace() {
    for (const char* file :
         {"Probe/1_1.jpg", "Probe/2_1.jpg", "Gallery_Match/1_2.jpg", "Gallery_Match/1_3.jpg",
          "Gallery_Match/2_2.jpg", "Gallery_Distractor/7.jpg", "Gallery_Distractor/8.jpg"})
      writeImage(fs::path("tinyface/Testing_Set") / file, 20, 20);
    lists({"1_2.jpg", "1_3.jpg", "2_2.jpg"}, {1, 1, 2}, {"1_1.jpg", "2_1.jpg"}, {1, 2});
  }
  void lists(const std::vector<std::string>& gallery, const std::vector<double>& galleryIds,
             const std::vector<std::string>& probes, const std::vector<double>& probeIds) const {
    MatWriter match, probe;
    match.texts("gallery_set", gallery);
    match.numbers("gallery_ids", galleryIds);
    probe.texts("probe_set", probes);
    probe.numbers("probe_ids", probeIds);
    write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", match.file());
    write("tinyface/Testing_Set/probe_img_ID_pairs.mat", probe.file());
  }
};

TEST_F(TinyFace, GalleryDistractorsAndProbes) {
  for (const char* path : {"tinyface", "tinyface/Testing_Set", "."}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "tinyface");
    EXPECT_EQ(describe(dataset), (std::vector<std::string>{"1: 1_2.jpg 1_3.jpg 1_1.jpg", "2: 2_2.jpg 2_1.jpg",
                                                           "distractor 7: 7.jpg", "distractor 8: 8.jpg"}));
    ASSERT_EQ(dataset.protocols.size(), 2U);
    EXPECT_EQ(dataset.protocols[0].name, "gallery");
    EXPECT_EQ(dataset.protocols[0].templates.size(), 5U);
    EXPECT_EQ(dataset.protocols[0].templates[3].identity, 2);
    EXPECT_EQ(dataset.protocols[1].name, "probes");
    EXPECT_EQ(dataset.protocols[1].templates.size(), 2U);
    EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  }
}

TEST_F(TinyFace, AnAlignedCopyHasItsListsElsewhere) {
  fs::rename(root_ / "tinyface/Testing_Set", root_ / "tinyface/aligned_pad_0.1_pad_high");
  fs::create_directories(root_ / "tinyface/lists");
  for (const char* name : {"gallery_match_img_ID_pairs.mat", "probe_img_ID_pairs.mat"})
    fs::rename(root_ / "tinyface/aligned_pad_0.1_pad_high" / name, root_ / "tinyface" / name);
  EXPECT_EQ(import("tinyface/aligned_pad_0.1_pad_high").samples.size(), 7U);
  fs::remove(root_ / "tinyface/probe_img_ID_pairs.mat");
  EXPECT_TRUE(contains(errorOf("tinyface/aligned_pad_0.1_pad_high"),
                       "probe_img_ID_pairs.mat: is missing; it says whose the images are"));
}

TEST_F(TinyFace, ListsAreCompressedAsMatlabDoesIt) {
  for (const char* name : {"gallery_match_img_ID_pairs.mat", "probe_img_ID_pairs.mat"}) {
    const std::string plain = readFile(root_ / "tinyface/Testing_Set" / name);
    std::string packed = plain.substr(0, 128);
    for (std::size_t at = 128; at < plain.size();) {
      std::uint32_t size = 0;
      std::memcpy(&size, plain.data() + at + 4, 4);
      std::string bytes(compressBound(size + 8), '\0');
      auto length = static_cast<uLongf>(bytes.size());
      ASSERT_EQ(compress(reinterpret_cast<Bytef*>(bytes.data()), &length,
                         reinterpret_cast<const Bytef*>(plain.data() + at), size + 8),
                Z_OK);
      const std::uint32_t tag[] = {15, static_cast<std::uint32_t>(length)};
      packed += std::string(reinterpret_cast<const char*>(tag), sizeof tag) + bytes.substr(0, length);
      at += size + 8;
    }
    write(fs::path("tinyface/Testing_Set") / name, packed);
  }
  EXPECT_EQ(import("tinyface").samples.size(), 7U);
}

TEST_F(TinyFace, MissingImagesAndDistractorsAreListed) {
  fs::remove(root_ / "tinyface/Testing_Set/Gallery_Match/1_3.jpg");
  fs::remove_all(root_ / "tinyface/Testing_Set/Gallery_Distractor");
  const auto dataset = import("tinyface");
  EXPECT_EQ(dataset.samples.size(), 4U);
  EXPECT_TRUE(hasProblem(dataset, "tinyface/Testing_Set/gallery_match_img_ID_pairs.mat:2", "1_3.jpg"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "tinyface/Testing_Set/Gallery_Distractor", "is missing"));
  EXPECT_TRUE(hasProblem(dataset, "protocol gallery", "1 of 3 templates have no usable image"));
}

TEST_F(TinyFace, MalformedListsAreNamed) {
  const std::string sound = readFile(root_ / "tinyface/Testing_Set/gallery_match_img_ID_pairs.mat");
  const auto expectError = [&](const std::string& part) {
    EXPECT_TRUE(contains(errorOf("tinyface"), part)) << errorOf("tinyface");
  };
  lists({"1_2.jpg", "1_3.jpg"}, {1}, {"1_1.jpg"}, {1});
  expectError("gallery_match_img_ID_pairs.mat: 'gallery_set' has 2 names and 'gallery_ids' 1 identities");
  lists({"1_2.jpg", "1_2.jpg"}, {1, 1}, {"1_1.jpg"}, {1});
  expectError("gallery_match_img_ID_pairs.mat:2: '1_2.jpg' is listed twice");
  lists({"1_2.jpg"}, {1.5}, {"1_1.jpg"}, {1});
  expectError("'gallery_ids': number 1 is 1.5; a whole number was expected");
  lists({"../1_2.jpg"}, {1}, {"1_1.jpg"}, {1});
  expectError("mat:1: '../1_2.jpg' was found; the name of an image");
  MatWriter other;
  other.numbers("gallery_set", {1});
  other.numbers("gallery_ids", {1});
  write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", other.file());
  expectError("'gallery_set' is no cell array of texts");
  write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", MatWriter().file());
  expectError("has no variable 'gallery_set'");
  write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", "1_2.jpg 1\n");
  expectError("gallery_match_img_ID_pairs.mat: is no MATLAB file of version 5 to 7; save it with -v7");
  // What claims ten million cells is refused before room is made for them.
  std::string many = sound;
  const auto dims = many.find(std::string("\3\0\0\0\1\0\0\0", 8), 128);
  many.replace(dims, 4, std::string("\x80\x96\x98\0", 4));
  write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", many);
  expectError("gallery_match_img_ID_pairs.mat: is damaged, or no list");
  write("tinyface/Testing_Set/gallery_match_img_ID_pairs.mat", sound.substr(0, sound.size() - 9));
  expectError("gallery_match_img_ID_pairs.mat: is damaged, or no list");
}

}  // namespace
}  // namespace discern::datasets
