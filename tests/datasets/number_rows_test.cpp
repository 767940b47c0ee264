// Files of numbers as NumPy, pickle and the quality tools write them (tests/golden/numbers), and lists by
// hand.
#include "datasets/number_rows.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

std::string golden(const std::string& name) {
  return (fs::path(DISCERN_SOURCE_DIR) / "tests/golden/numbers" / name).string();
}
const Texts kPaths{"id01/000.jpg", "id01/001.jpg", "id02/000.jpg",
                   "id02/001.jpg", "id03/000.jpg", "id03/001.jpg"};

std::vector<float> all(const data::NumberRows& rows) {
  std::vector<float> values(static_cast<std::size_t>(rows.rows * rows.cols));
  rows.read(0, rows.rows, values.data());
  return values;
}

void expectSix(const data::NumberRows& rows) {
  ASSERT_EQ(rows.rows, 6);
  ASSERT_EQ(rows.cols, 4);
  const auto values = all(rows);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 4; ++j)
      EXPECT_EQ(values[4 * i + j], static_cast<float>(i + 1) / 2 - static_cast<float>(j) / 4)
          << i << " " << j;
}

class NumberRows : public testing::Test {
 protected:
  NumberRows() { fs::create_directories(folder_); }
  ~NumberRows() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  data::NumberRows features(NumberSource source) { return readFeatureRows(source, progress_); }
  data::NumberRows scores(NumberSource source) { return readScoreRows(source, progress_); }
  std::string refusal(const NumberSource& source, bool score = false) {
    try {
      score ? scores(source) : features(source);
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
      return e.what();
    }
    return "read";
  }

  const fs::path folder_ = fs::temp_directory_path() / ("discern_numbers_" + std::to_string(::getpid()));
  Progress progress_;
};

TEST_F(NumberRows, ArraysByThemselvesHaveNoPathsUnlessAListIsGiven) {
  for (const char* name : {"single.npy", "half.npy", "double_fortran.npy"}) {
    const auto rows = features({.file = golden(name)});
    expectSix(rows);
    EXPECT_TRUE(rows.paths.empty());
  }
  const auto list = write("list.txt",
                          "id01/000.jpg 1 2\nid01/001.jpg 1 3\n\nid02/000.jpg 2 4\nid02/001.jpg 2 4\n"
                          "id03/000.jpg 3 4\nid03/001.jpg 3 4\n");
  EXPECT_EQ(features({.file = golden("single.npy"), .paths = list}).paths, kPaths);
  const auto shorter = write("short.txt", "a.jpg\nb c.jpg\n");
  EXPECT_NE(refusal({.file = golden("single.npy"), .paths = shorter}).find("holds 2 paths"),
            std::string::npos);
  EXPECT_EQ(readPathList(shorter), (Texts{"a.jpg", "b c.jpg"}));
  EXPECT_EQ(readPathList(write("table.csv", "template,identity,path\n1,anna,\"x,y.jpg\"\n1,anna,b.jpg\n")),
            (Texts{"x,y.jpg", "b.jpg"}));
}

TEST_F(NumberRows, NpzByItsKeys) {
  const auto one = features({.file = golden("one.npz")});
  expectSix(one);
  EXPECT_EQ(one.paths, kPaths);
  EXPECT_EQ(one.labels, (Texts{"0", "0", "1", "1", "2", "2"}));
  const std::string which = refusal({.file = golden("several.npz")});
  for (const char* word : {"centers (3 x 4 float32)", "embeddings (6 x 4 float32)", "image_path (6 texts)"})
    EXPECT_NE(which.find(word), std::string::npos) << which;
  expectSix(features({.file = golden("several.npz"), .key = "embeddings"}));
  EXPECT_NE(refusal({.file = golden("one.npz"), .key = "feats"}).find("embeddings (6 x 4"),
            std::string::npos);
  EXPECT_EQ(features({.file = golden("bytes.npz")}).paths, kPaths);
  EXPECT_NE(refusal({.file = golden("objects.npz")}).find("dtype=str"), std::string::npos);
  EXPECT_NE(refusal({.file = golden("several.npz"), .key = "centers"}).find("6 texts for 3 rows"),
            std::string::npos);
  EXPECT_EQ(all(scores({.file = golden("one.npz"), .key = "norms"})).at(5), 0.75F);
}

TEST_F(NumberRows, PicklesOfEveryShape) {
  for (const char* name : {"arrays.pkl", "arrays_halves_5.pkl", "lists.pkl", "pairs.pkl", "deepface.pkl"}) {
    SCOPED_TRACE(name);
    const auto rows = features({.file = golden(name)});
    expectSix(rows);
    EXPECT_EQ(rows.paths, kPaths);
  }
  const auto wide = features({.file = golden("wide.pkl")});  // written by pickle in batches of a thousand
  EXPECT_EQ(wide.cols, 1100);
  EXPECT_EQ(all(wide).at(1100 + 1099), 1099.5F);
  const auto one = scores({.file = golden("scores.pkl")});
  EXPECT_EQ(all(one), (std::vector<float>{0.125F, 0.25F, 0.375F, 0.5F, 0.625F, 0.75F}));
  EXPECT_EQ(one.paths, kPaths);
}

TEST_F(NumberRows, ACutOrChangedPickleIsRefusedOrRead) {
  for (const char* name : {"arrays.pkl", "lists.pkl", "deepface.pkl"}) {
    const std::string whole = readFile(golden(name));
    for (std::size_t at = 0; at < whole.size(); ++at) {
      EXPECT_NE(refusal({.file = write("cut.pkl", whole.substr(0, at))}), "read") << name << " " << at;
      for (const char c : {'\0', '}', 'u', 'e', 'h'}) {
        std::string changed = whole;
        changed[at] = c;
        try {
          all(features({.file = write("changed.pkl", changed)}));
        } catch (const Error&) {
        }
      }
    }
  }
  // What runs code is refused, as of images.
  EXPECT_NE(refusal({.file = write("evil.pkl",
                                   "\x80\x02"
                                   "cos\nsystem\n(S'x'\ntR.")})
                .find("os.system"),
            std::string::npos);
}

TEST_F(NumberRows, MagFaceLists) {
  // gen_feat.py leaves a blank at the end of each line.
  const auto rows =
      features({.file = write("mag.list", "a/1.jpg 3.0 4.0 0.5 \nb c/2.jpg 0.25 -1e-1 nan \n")});
  EXPECT_EQ(rows.paths, (Texts{"a/1.jpg", "b c/2.jpg"}));
  const auto values = all(rows);
  EXPECT_EQ(values[0], 3.0F);
  EXPECT_EQ(values[4], -0.1F);
  EXPECT_TRUE(std::isnan(values[5]));
  EXPECT_NE(
      refusal({.file = write("bad.list", "a/1.jpg 3.0 4.0\nb/2.jpg 0.25\n")}).find("bad.list:2: 2 columns"),
      std::string::npos);
  EXPECT_NE(
      refusal({.file = write("bad.list", "a/1.jpg 3.0 4.0\nb/2.jpg 0.25 x\n")}).find("bad.list:2: column 3"),
      std::string::npos);
}

TEST_F(NumberRows, TablesOfFeatures) {
  const auto table = features(
      {.file = write("f.csv", "sample,path,identity,f0,f1,f2\n1,a.jpg,anna,1,2,3\n2,b.jpg,ben,4,5,\n")});
  EXPECT_EQ(table.paths, (Texts{"a.jpg", "b.jpg"}));
  EXPECT_EQ(table.labels, (Texts{"anna", "ben"}));
  EXPECT_EQ(table.ignored, (Texts{"sample"}));
  EXPECT_EQ(table.cols, 3);
  EXPECT_TRUE(std::isnan(all(table)[5]));
  const auto plain = features({.file = write("g.csv", "a.jpg;1,5;2\nb.jpg;3;4\n")});
  EXPECT_EQ(all(plain), (std::vector<float>{1.5F, 2, 3, 4}));
  const auto pandas = features({.file = write("h.csv", ",0,1,file\n0,1.5,2.5,a.jpg\n1,3,4,b.jpg\n")});
  EXPECT_EQ(all(pandas), (std::vector<float>{1.5F, 2.5F, 3, 4}));
  EXPECT_TRUE(pandas.ignored.empty());  // the index has no name
  EXPECT_NE(refusal({.file = write("i.csv", "path,x1,x2,f1,f2\na,1,2,3,4\n")}).find("'f' (2 columns)"),
            std::string::npos);
  EXPECT_EQ(all(features({.file = write("i.csv", "path,x1,x2,f1,f2\na,1,2,3,4\n"), .column = "f"})),
            (std::vector<float>{3, 4}));
  EXPECT_NE(refusal({.file = write("j.csv", "path,score\na,1\n")}).find("no columns of a feature"),
            std::string::npos);
  EXPECT_NE(refusal({.file = write("k.csv", "path,f0,f1\na,1\n")}).find("k.csv:2: 2 columns"),
            std::string::npos);
  EXPECT_NE(refusal({.file = write("l.csv", "name,f0,f1\na,1,2\n")}).find("l.csv:1: neither a header"),
            std::string::npos);
  EXPECT_EQ(features({.file = write("l.csv", "name,f0,f1\na,1,2\n"), .pathColumn = "name"}).paths,
            (Texts{"a"}));
}

// OFIQ: raw values and scalars, a delimiter at the end of every line, -1 for what it could not assess.
TEST_F(NumberRows, OfiqTables) {
  const std::string file = write("ofiq.csv",
                                 "Filename;UnifiedQualityScore;Sharpness;UnifiedQualityScore.scalar;"
                                 "Sharpness.scalar;assessment_time_in_ms;\n"
                                 "id01/000.jpg;26.5;0.75;78;80;512;\n"
                                 "id01/001.jpg;0;0.5;-1;60;498;\n");
  const auto rows = scores({.file = file});
  EXPECT_EQ(rows.column, "UnifiedQualityScore.scalar");
  EXPECT_EQ(rows.paths, (Texts{"id01/000.jpg", "id01/001.jpg"}));
  EXPECT_EQ(rows.failures, 1);
  EXPECT_EQ(all(rows)[0], 78.0F);
  EXPECT_TRUE(std::isnan(all(rows)[1]));
  EXPECT_TRUE(std::isnan(all(scores({.file = file, .column = "UnifiedQualityScore"}))[1]));
  const auto sharpness = scores({.file = file, .column = "sharpness"});
  EXPECT_EQ(all(sharpness), (std::vector<float>{0.75F, 0.5F}));
  EXPECT_EQ(sharpness.column, "Sharpness");
  EXPECT_NE(refusal({.file = file, .column = "Blur"}, true).find("Sharpness.scalar"), std::string::npos);
}

TEST_F(NumberRows, ListsOfScores) {
  const auto rows = scores({.file = write("q.txt",
                                          "\xEF\xBB\xBF"
                                          "a/1.jpg 0.5\r\nb c/2.jpg -3e-1\r\n")});
  EXPECT_EQ(rows.paths, (Texts{"a/1.jpg", "b c/2.jpg"}));
  EXPECT_EQ(all(rows), (std::vector<float>{0.5F, -0.3F}));
  const auto order = scores({.file = write("o.txt", "0.5\n0.25\n")});
  EXPECT_TRUE(order.paths.empty());
  EXPECT_EQ(order.rows, 2);
  const auto table = scores({.file = write("t.tsv", "image\tquality\twho\na.jpg\t0.5\tx\n")});
  EXPECT_EQ(table.column, "quality");
  EXPECT_NE(refusal({.file = write("u.csv", "path,a,b\nx,1,2\n")}, true).find("say which of: a, b"),
            std::string::npos);
  // InsightFace's landmarks with a detector's score behind them.
  const auto file = write("5pts.txt", "1.jpg 46 62 87 60 68 77 52 99 86 98 0.999\n");
  EXPECT_NE(refusal({.file = file}, true).find("columns 2 to 12"), std::string::npos);
  EXPECT_EQ(all(scores({.file = file, .column = "12"})), (std::vector<float>{0.999F}));
}

TEST_F(NumberRows, Labels) {
  const std::string array = golden("single.npy");
  EXPECT_EQ(features({.file = array, .labels = write("l.txt", "a\na\nb\nb\nc\nc d\n")}).labels.at(5), "c d");
  const auto paths = write("p.txt", "1.jpg\n2.jpg\n3.jpg\n4.jpg\n5.jpg\n6.jpg\n");
  const auto byPath = write("m.txt", "6.jpg f\n5.jpg e\n4.jpg d\n3.jpg c\n2.jpg b\n1.jpg a\n");
  EXPECT_EQ(features({.file = array, .paths = paths, .labels = byPath}).labels,
            (Texts{"a", "b", "c", "d", "e", "f"}));
  EXPECT_NE(refusal({.file = array, .labels = write("n.txt", "a\nb\n")}).find("holds 2 names"),
            std::string::npos);
  EXPECT_NE(refusal({.file = array, .paths = paths, .labels = write("m.txt", "6.jpg f\n")}).find("1.jpg"),
            std::string::npos);
}

TEST_F(NumberRows, WhatIsNoneOfTheseSaysSo) {
  EXPECT_NE(refusal({.file = write("x.bin", std::string("ab\0cd\0", 6))}).find("none of the files"),
            std::string::npos);
  EXPECT_NE(refusal({.file = write("x.txt", "")}).find("is empty"), std::string::npos);
  EXPECT_NE(refusal({.file = golden("scores.npy")}).find("import-scores"), std::string::npos);
  EXPECT_NE(refusal({.file = golden("single.npy")}, true).find("4 columns"), std::string::npos);
  EXPECT_NE(refusal({.file = (folder_ / "missing").string()}).find("missing"), std::string::npos);
}

}  // namespace
}  // namespace discern::datasets
