#include "core/analysis/metadata.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "tests/message_of.h"

namespace discern::analysis {
namespace {
namespace fs = std::filesystem;
using testing::messageOf;

class MetadataTest : public ::testing::Test {
 protected:
  MetadataTest() {
    fs::create_directories(root_);
    roster_.identities = {{0, "ann", "a"}, {1, "bob", "a"}};
    for (int i = 0; i < 8; ++i) {
      project::SampleRow row;
      row.id = i;
      row.identity = i / 4;
      row.image.file = "/photos/" + roster_.identities[static_cast<std::size_t>(i / 4)].name + "/" +
                       std::to_string(i % 4) + ".jpg";
      row.nuisance = R"({"camera":)" + std::to_string(i % 2) + "}";
      row.media = i % 4 < 2 ? "v1" : "v2";
      roster_.samples.push_back(row);
    }
    project::SampleRow copy = roster_.samples[3];
    copy.id = 8;
    copy.parent = 3;
    copy.nuisance.clear();
    copy.image.degradation = {data::DegradationKind::GaussianBlur, 0.5F, 1};
    roster_.samples.push_back(copy);
    static_cast<Who&>(roster_) = whoIs(roster_.samples, roster_.identities);
  }
  ~MetadataTest() override { fs::remove_all(root_); }

  std::string write(const std::string& text) {
    std::ofstream(root_ / "meta.csv") << text;
    return root_ / "meta.csv";
  }
  using Names = std::vector<std::string>;
  using Of = std::vector<int>;

  const fs::path root_ = fs::temp_directory_path() / ("discern_metadata_" + std::to_string(::getpid()));
  Roster roster_;
};

TEST_F(MetadataTest, RowsAreFoundByPathSampleOrIdentityAndCopiesAreAsTheirOriginals) {
  const auto byPath =
      readLabels(roster_, write("path,light\nann/3.jpg,dark\nbob/0.jpg,bright\neve/1.jpg,dark\n"), "light");
  EXPECT_EQ(byPath.names, (Names{"bright", "dark"}));
  EXPECT_EQ(byPath.of, (Of{-1, -1, -1, 1, 0, -1, -1, -1, 1}));
  EXPECT_EQ(byPath.unknownRows, 1);
  const auto bySample = readLabels(roster_, write("sample;light\n3;dark\n99;dark\n"), "light");
  EXPECT_EQ(bySample.of, (Of{-1, -1, -1, 0, -1, -1, -1, -1, 0}));
  EXPECT_EQ(bySample.unknownRows, 1);
  const auto byPerson = readLabels(roster_, write("identity,sex\nann,f\na/bob,m\neve,f\n"), "sex");
  EXPECT_EQ(byPerson.names, (Names{"f", "m"}));
  EXPECT_EQ(byPerson.of, (Of{0, 0, 0, 0, 1, 1, 1, 1, 0}));
  EXPECT_EQ(byPerson.unknownRows, 1);
}

TEST_F(MetadataTest, ManyNumbersAreCutIntoFourPartsAndFewStayAsTheyAre) {
  std::string years = "sample,year\n";
  for (int i = 0; i < 8; ++i) years += std::to_string(i) + "," + std::to_string(i < 4 ? 2 : 10) + "\n";
  EXPECT_EQ(readLabels(roster_, write(years), "year").names, (Names{"2", "10"})) << "by size, not by letters";
  Roster large = roster_;
  large.samples.resize(8);
  std::string text = "sample,year\n";
  for (int i = 8; i < 40; ++i) {
    large.samples.push_back(large.samples[0]);
    large.samples.back().id = i;
  }
  for (int i = 0; i < 40; ++i) text += std::to_string(i) + "," + std::to_string(1980 + i) + "\n";
  static_cast<Who&>(large) = whoIs(large.samples, large.identities);
  const auto labels = readLabels(large, write(text), "year");
  EXPECT_EQ(labels.names, (Names{"1980 to 1989", "1990 to 1999", "2000 to 2009", "2010 to 2019"}));
  EXPECT_EQ(labels.of[0], 0);
  EXPECT_EQ(labels.of[9], 0);
  EXPECT_EQ(labels.of[10], 1);
  EXPECT_EQ(labels.of[39], 3);
}

TEST_F(MetadataTest, TheProjectsOwn) {
  EXPECT_EQ(ownLabels(roster_, "camera").names, (Names{"0", "1"}));
  EXPECT_EQ(ownLabels(roster_, "camera").of, (Of{0, 1, 0, 1, 0, 1, 0, 1, 1}));
  EXPECT_EQ(ownLabels(roster_, "media").names, (Names{"v1", "v2"}));
  EXPECT_EQ(ownLabels(roster_, "identity").of[8], 0);
  EXPECT_EQ(ownLabels(roster_, "damage").names, (Names{"gaussian-blur", "none"}));
  const auto message = messageOf([&] { static_cast<void>(ownLabels(roster_, "age")); });
  EXPECT_NE(message.find("set, identity, media, damage, camera"), std::string::npos) << message;
}

TEST_F(MetadataTest, ATemplateHasTheValueThatItsImagesShare) {
  data::Protocol protocol;
  protocol.templates = {{"a", 0, {0, 2}}, {"b", 0, {0, 1}}, {"c", 1, {}}, {"d", 1, {5, 7}}};
  EXPECT_EQ(labelsOfTemplates(protocol, ownLabels(roster_, "camera")), (Of{0, -1, -1, 1}));
}

TEST_F(MetadataTest, AWrongTableIsToldByFileAndColumn) {
  const auto says = [&](const std::string& text, const char* column) {
    return messageOf([&] { static_cast<void>(readLabels(roster_, write(text), column)); });
  };
  EXPECT_NE(says("path,light\nann/3.jpg,dark\n", "age").find("age"), std::string::npos);
  EXPECT_NE(says("who,age\nx,1\n", "age").find("neither a column path nor sample nor identity"),
            std::string::npos);
  EXPECT_NE(says("path,age\nx,1,2\n", "age").find("line 2: has 3 fields, 2 were expected"),
            std::string::npos);
  EXPECT_NE(says("path,age\nnowhere.png,1\n", "age").find("none of its 1 rows is of an image here"),
            std::string::npos);
}

TEST_F(MetadataTest, ColumnsOfNumbersHaveValuesAndColumnsAreListed) {
  const auto file = write("path,year,light\nann/3.jpg,1987,dark\nbob/0.jpg,2001,bright\n");
  const auto year = readLabels(roster_, file, "year");
  ASSERT_EQ(year.values.size(), 9U);
  EXPECT_EQ(year.values[3], 1987);
  EXPECT_EQ(year.values[4], 2001);
  EXPECT_EQ(year.values[8], 1987) << "a copy is as its original";
  EXPECT_TRUE(std::isnan(year.values[0]));
  EXPECT_TRUE(readLabels(roster_, file, "light").values.empty());
  EXPECT_EQ(labelColumns(file), (Names{"year", "light"}));
  EXPECT_EQ(ownColumns(roster_.samples), (Names{"set", "identity", "media", "damage", "camera"}));
  EXPECT_NE(messageOf([&] {
              static_cast<void>(labelColumns(write("year,light\n1,2\n")));
            }).find("neither a column path"),
            std::string::npos);
  EXPECT_NE(messageOf([&] { static_cast<void>(labelColumns(write("path\na\n"))); }).find("no column beside"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::analysis
