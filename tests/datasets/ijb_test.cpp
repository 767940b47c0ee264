#include <nlohmann/json.hpp>

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

// Five templates: 10 and 11 are of subject 7 by the gallery, 12 of the same by a genuine pair alone, 20 and
// 21 of somebody whom no list names.
class Ijb : public DatasetTest {
 protected:
  Ijb() {
    for (int i = 1; i <= 6; ++i) writeImage(fmt::format("set/loose_crop/{}.jpg", i), 120, 120);
    writeAll();
    write("set/meta/ijbc_1N_gallery_G1.csv",
          "TEMPLATE_ID,SUBJECT_ID,FILENAME\n10,7,img/1.jpg\n10,7,img/2.jpg\n");
    write("set/meta/ijbc_1N_gallery_G2.csv", "TEMPLATE_ID,SUBJECT_ID,FILENAME\n20,9,img/5.jpg\n");
    write("set/meta/ijbc_1N_probe_mixed.csv", "TEMPLATE_ID,SUBJECT_ID,FILENAME\n11,7,a\n99,8,b\n");
  }
  void writeAll() const {
    write("set/meta/ijbc_face_tid_mid.txt", faces_);
    write("set/meta/ijbc_name_5pts_score.txt", points());
    write("set/meta/ijbc_template_pair_label.txt", pairs_);
  }
  static std::string points() {
    std::string text;
    for (int i = 1; i <= 6; ++i)
      text += fmt::format(
          "{}.jpg 46.060 62.026 87.785 60.323 68.851 77.656 52.162 99.875 86.450 98.648 0.9{}\n", i, i);
    return text;
  }
  const std::string faces_ =
      "1.jpg 10 100\n2.jpg 10 101\n3.jpg 11 102\n4.jpg 12 103\n5.jpg 20 104\n6.jpg 21 104\n";
  const std::string pairs_ = "10 12 1\n20 21 1\n10 20 0\n12 21 0\n";
};

TEST_F(Ijb, FacesPairsAndGalleries) {
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "ijb");
  EXPECT_EQ(describe(dataset), (std::vector<std::string>{"7: 1.jpg 2.jpg 3.jpg 4.jpg", "9: 5.jpg 6.jpg"}));
  const auto& face = dataset.samples.at(1);
  EXPECT_EQ(face.media, "101");
  EXPECT_NEAR(nlohmann::json::parse(face.nuisance).at("detector_score").get<double>(), 0.92, 1e-6);
  ASSERT_TRUE(face.image.landmarks);
  EXPECT_FLOAT_EQ((*face.image.landmarks)[0].x, 46.06F);
  EXPECT_FLOAT_EQ((*face.image.landmarks)[4].y, 98.648F);
  ASSERT_EQ(dataset.protocols.size(), 4U);
  EXPECT_EQ(dataset.protocols[0].name, "gallery G1");
  ASSERT_EQ(dataset.protocols[0].templates.size(), 1U);
  EXPECT_EQ(dataset.protocols[0].templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(dataset.protocols[1].name, "gallery G2");
  EXPECT_EQ(dataset.protocols[2].name, "probes");
  const auto& pairs = dataset.protocols[3];
  EXPECT_EQ(pairs.name, "pairs");
  EXPECT_EQ(pairs.templates.size(), 5U);
  ASSERT_EQ(pairs.pairs.size(), 4U);
  EXPECT_TRUE(pairs.pairs[1].genuine);
  EXPECT_EQ(pairs.templates[static_cast<std::size_t>(pairs.pairs[2].b)].name, "20");
  EXPECT_TRUE(
      hasProblem(dataset, "set/meta/ijbc_1N_probe_mixed.csv", "1 rows name a template without a face"));
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
}

TEST_F(Ijb, WindowsLinesAndMissingImages) {
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : faces_) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  write("set/meta/ijbc_face_tid_mid.txt", crlf);
  fs::remove(root_ / "set/loose_crop/4.jpg");
  const auto dataset = import("set");
  EXPECT_EQ(dataset.samples.size(), 5U);
  EXPECT_TRUE(hasProblem(dataset, "set/meta/ijbc_face_tid_mid.txt:4", "4.jpg")) << listProblems(dataset);
  EXPECT_TRUE(
      hasProblem(dataset, "protocol pairs", "1 of 5 templates have no usable image; they and 2 pairs"));
}

TEST_F(Ijb, HalfASearchIsNoted) {
  fs::remove(root_ / "set/meta/ijbc_1N_gallery_G2.csv");
  EXPECT_TRUE(hasProblem(import("set"), "set/meta/ijbc_1N_gallery_G2.csv", "means over both galleries"));
  fs::remove(root_ / "set/meta/ijbc_1N_probe_mixed.csv");
  EXPECT_TRUE(hasProblem(import("set"), "set/meta/ijbc_1N_probe_mixed.csv", "nothing to search for"));
  fs::remove(root_ / "set/meta/ijbc_1N_gallery_G1.csv");  // pairs alone: nobody asked for a search
  EXPECT_TRUE(import("set").problems.empty());
}

TEST_F(Ijb, GalleriesOfIjbBHaveOtherNamesAndProbesAloneAreNoted) {
  fs::remove(root_ / "set/meta/ijbc_1N_gallery_G1.csv");
  fs::remove(root_ / "set/meta/ijbc_1N_gallery_G2.csv");
  EXPECT_TRUE(hasProblem(import("set"), "set/meta/ijbc_1N_probe_mixed.csv", "no gallery beside it"));
  write("set/meta/ijbc_1N_gallery_S1.csv", "TEMPLATE_ID,SUBJECT_ID\n10,7\n");
  const auto dataset = import("set");
  EXPECT_EQ(dataset.protocols[0].name, "gallery G1");
  EXPECT_FALSE(hasProblem(dataset, "set/meta/ijbc_1N_probe_mixed.csv", "no gallery beside it"));
}

TEST_F(Ijb, MalformedListsAreNamedByLine) {
  const auto expectError = [&](const std::string& file, const std::string& text, const std::string& part) {
    write("set/meta/ijbc_" + file, text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
    writeAll();
    write("set/meta/ijbc_1N_gallery_G1.csv", "T,S\n10,7\n");
  };
  expectError("face_tid_mid.txt", faces_ + "7.jpg 22\n",
              "face_tid_mid.txt:7: 2 columns were found, but 3 were expected (image template media)");
  expectError("face_tid_mid.txt", faces_ + "7.jpg x22 105\n", "tid_mid.txt:7: 'x22' was found in column 2");
  expectError("face_tid_mid.txt", "", "is empty; rows image template media");
  expectError("name_5pts_score.txt", points() + "7.jpg 1 1 1 1 1 1 1 1 1 1 1\n",
              "name_5pts_score.txt:7: has more rows than the 6 of");
  expectError("name_5pts_score.txt", points().substr(0, points().find('\n') + 1), "has 1 rows, but");
  expectError("name_5pts_score.txt", "2.jpg 1 1 1 1 1 1 1 1 1 1 1\n",
              "txt:1: '2.jpg' was found, but the same row of");
  expectError("name_5pts_score.txt", "1.jpg 1 1 1 1 1 1 1 1 1 nan 1\n",
              "txt:1: 'nan' was found in column 11");
  expectError("template_pair_label.txt", pairs_ + "10 11 2\n", "label.txt:5: the label is 2");
  expectError("template_pair_label.txt", pairs_ + "10\n", "label.txt:5: 1 columns were found, but 3");
  expectError("1N_gallery_G1.csv", "T,S\n10,7\n10,8\n",
              "G1.csv:3: template 10 is subject 8's, but an earlier row");
  expectError("1N_gallery_G1.csv", "T,S\n10,\n", "G1.csv:2: the subject is blank");
  fs::remove(root_ / "set/meta/ijbc_name_5pts_score.txt");
  EXPECT_TRUE(contains(errorOf("set"), "name_5pts_score.txt: is missing"));
  fs::remove_all(root_ / "set/loose_crop");
  EXPECT_TRUE(contains(errorOf("set"), "loose_crop: is missing"));
}

TEST_F(Ijb, PairsOfUnknownTemplatesAreCounted) {
  write("set/meta/ijbc_template_pair_label.txt", pairs_ + "10 77 0\n");
  EXPECT_TRUE(
      hasProblem(import("set"), "set/meta/ijbc_template_pair_label.txt", "1 of 5 pairs name a template"));
  fs::remove(root_ / "set/meta/ijbc_template_pair_label.txt");
  EXPECT_TRUE(hasProblem(import("set"), "set/meta/ijbc_template_pair_label.txt", "is missing"));
}

class IjbA : public DatasetTest {
 protected:
  IjbA() {
    for (const char* file : {"img/1.png", "img/2.png", "frame/3_00001.png"})
      writeImage(fs::path("set/images") / file, 40, 30);
    for (int split = 1; split <= 10; ++split) {
      const std::string n = std::to_string(split);
      write("set/IJB-A_11_sets/split" + n + "/verify_metadata_" + n + ".csv", metadata_);
      write("set/IJB-A_11_sets/split" + n + "/verify_comparisons_" + n + ".csv", "1,2\r\n1,3\r\n");
      write("set/IJB-A_1N_sets/split" + n + "/search_gallery_" + n + ".csv",
            header_ + row("1,5,img/1.png,9", "1,2,10,12"));
      write("set/IJB-A_1N_sets/split" + n + "/search_probe_" + n + ".csv",
            header_ + row("2,5,img/2.png,9", "1,2,10,12"));
    }
  }
  // The 25 columns that the benchmark has; of a video's frame they are mostly blank.
  static std::string row(const std::string& who, const std::string& box) {
    return who + ",7,," + box + ",3.5,4,9.5,4,6,7.25,-12.3,1,1,1,1,0,3,2,0\n";
  }
  const std::string header_ =
      "TEMPLATE_ID,SUBJECT_ID,FILE,MEDIA_ID,SIGHTING_ID,FRAME,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT,"
      "RIGHT_EYE_X,RIGHT_EYE_Y,LEFT_EYE_X,LEFT_EYE_Y,NOSE_BASE_X,NOSE_BASE_Y,FACE_YAW,FOREHEAD_VISIBLE,"
      "EYES_VISIBLE,NOSE_MOUTH_VISIBLE,INDOOR,GENDER,SKIN_TONE,AGE,FACIAL_HAIR\n";
  const std::string metadata_ = header_ + row("1,5,img/1.png,9", "1.4,2,10,12") +
                                row("2,5,img/2.png,9", "1,2,10,12") + "2,5,frame/3_00001.png,10,8,30" +
                                std::string(19, ',') + "\n" + row("3,6,img/2.png,9", "15,2,10,12");
};

TEST_F(IjbA, SplitsAreFoldsAndSearchesAreProtocols) {
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "ijb-a");
  EXPECT_EQ(describe(dataset),
            (std::vector<std::string>{"5: 1.png 2.png 3_00001.png", "6: 2.png"}));  // each face once
  EXPECT_EQ(dataset.samples[0].image.crop, (data::Rect{1, 2, 10, 12}));
  EXPECT_FALSE(dataset.samples[2].image.crop);
  EXPECT_EQ(dataset.samples[2].media, "10");
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  ASSERT_EQ(dataset.protocols.size(), 21U);
  EXPECT_EQ(dataset.protocols[0].name, "split1 gallery");
  EXPECT_EQ(dataset.protocols[19].name, "split10 probes");
  const auto& all = dataset.protocols[20];
  EXPECT_EQ(all.name, "pairs");
  EXPECT_EQ(all.folds, 10);
  EXPECT_EQ(all.templates.size(), 30U);
  ASSERT_EQ(all.pairs.size(), 20U);
  EXPECT_TRUE(all.pairs[2].genuine);
  EXPECT_FALSE(all.pairs[3].genuine);
  EXPECT_EQ(all.pairs[3].fold, 1);
  EXPECT_EQ(all.templates[static_cast<std::size_t>(all.pairs[2].b)].name, "split2/2");
  EXPECT_EQ(import("set/IJB-A_11_sets").samples.size(), 4U);
}

TEST_F(IjbA, SplitsThatAreNotThereAreSaid) {
  fs::remove_all(root_ / "set/IJB-A_11_sets/split3");
  fs::remove_all(root_ / "set/IJB-A_11_sets/split10");
  fs::remove(root_ / "set/IJB-A_1N_sets/split2/search_probe_2.csv");
  const auto dataset = import("set");
  EXPECT_TRUE(hasProblem(dataset, "set/IJB-A_11_sets", "missing in splits 3 and 10;"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set/IJB-A_1N_sets/splitN/search_probe_N.csv", "missing in split 2;"));
  EXPECT_EQ(dataset.problems.size(), 2U) << listProblems(dataset);
  fs::remove_all(root_ / "set/IJB-A_1N_sets");  // comparisons alone: nobody asked for a search
  EXPECT_EQ(import("set").problems.size(), 1U);
}

TEST_F(IjbA, MalformedListsAreNamedByLine) {
  const auto expectError = [&](const std::string& file, const std::string& text, const std::string& part) {
    const std::string old = readFile(root_ / "set/IJB-A_11_sets/split1" / file);
    write("set/IJB-A_11_sets/split1/" + file, text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
    write("set/IJB-A_11_sets/split1/" + file, old);
  };
  expectError("verify_metadata_1.csv", metadata_ + "4,5,img/1.png\n", "metadata_1.csv:6: 3 columns");
  expectError("verify_metadata_1.csv", metadata_ + row("4,,img/1.png,9", "1,2,10,12"),
              "csv:6: the SUBJECT_ID is blank");
  expectError("verify_metadata_1.csv", metadata_ + row("1,6,img/1.png,9", "1,2,10,12"),
              "csv:6: template 'split1/1' holds faces of two people");
  expectError("verify_metadata_1.csv", metadata_ + row("4,5,img/1.png,9", "one,2,10,12"),
              "csv:6: column FACE_X is 'one'");
  expectError("verify_comparisons_1.csv", "1,2\n1\n", "comparisons_1.csv:2: 1 columns were found");
  expectError("verify_comparisons_1.csv", "1,2\n1,\n", "comparisons_1.csv:2: a template is blank");
  expectError("verify_comparisons_1.csv", "8,9\n", "none of its 1 comparisons names two templates");
  fs::remove(root_ / "set/IJB-A_11_sets/split2/verify_comparisons_2.csv");
  EXPECT_TRUE(contains(errorOf("set"), "split2/verify_comparisons_2.csv: is missing"));
}

}  // namespace
}  // namespace discern::datasets
