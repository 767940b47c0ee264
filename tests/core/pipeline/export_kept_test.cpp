#include "core/pipeline/export_kept.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <set>
#include <stop_token>

#include "core/analysis/operating_point.h"
#include "core/base/error.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "core/pipeline/protocol.h"
#include "core/project/decisions.h"
#include "datasets/registry.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/datasets/tar_writer.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using jobs::ExportPart;

class ExportKept : public testing::Test {
 protected:
  ExportKept() { fs::remove_all(out_); }
  ~ExportKept() override { fs::remove_all(out_); }

  project::Project& project() { return *scratch_.project; }

  // A score a sample, NaN: none; what is above 0.5 stays.
  void putScores(const std::vector<float>& scores) {
    data::ScoreTable table;
    table.name = "planted";
    table.method = "dscore";
    table.resize(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
      table.score[i] = scores[i];
      table.status[i] = std::isfinite(scores[i]) ? data::ScoreStatus::Scored : data::ScoreStatus::NotFinite;
    }
    project().putScores(table);
    auto point = analysis::currentPoint(project());
    point.threshold = 0.5;
    analysis::storePoint(project(), point);
  }
  results::ExportedKept run(std::vector<ExportPart> what, const std::string& kept = "point",
                            jobs::TreeFiles how = jobs::TreeFiles::Copy) {
    jobs::ExportOptions options;
    options.what = std::move(what);
    options.kept = kept;
    options.treeFiles = how;
    std::vector<fs::path> files;
    Progress progress([&](const ProgressEvent& event) {
      if (event.kind == ProgressEvent::Kind::Note) notes_ += event.text + "\n";
    });
    return exportKept(project(), options, out_, files, progress);
  }
  std::string errorOf(std::vector<ExportPart> what, const std::string& kept = "point") {
    try {
      run(std::move(what), kept);
    } catch (const Error& e) {
      return e.what();
    }
    return "exported";
  }
  std::vector<int> kept(const std::string& rule) {
    return keptImages(project(), readRoster(project()), rule, "").samples();
  }
  data::Dataset load(const fs::path& path, const std::map<std::string, std::string>& extra = {}) {
    Progress progress;
    datasets::LoadOptions options;
    options.extra = extra;
    return datasets::load(path, "auto", options, progress);
  }
  // A file of noise below the project's images.
  std::string picture(const std::string& name) {
    const fs::path file = project().folder() / "images" / name;
    fs::create_directories(file.parent_path());
    cv::Mat pixels(16, 16, CV_8UC3);
    cv::randu(pixels, 0, 255);
    cv::imwrite(file.string(), pixels);
    return file.string();
  }
  std::string text(const char* file) { return readFile(out_ / file); }
  std::set<std::string> tree() {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(out_ / "tree"))
      if (!entry.is_directory()) files.insert(entry.path().lexically_relative(out_ / "tree").string());
    return files;
  }

  ScratchProject scratch_;
  const fs::path out_ = fs::temp_directory_path() / ("discern_export_kept_" + std::to_string(::getpid()));
  std::string notes_;
};

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

TEST_F(ExportKept, TheRulesDecideAsTheySay) {
  scratch_.addPictures("a", project::Role::Train, 4, 3);  // 0-2, 3-5, 6-8, 9-11
  scratch_.addCopies(1);
  putScores({0.9F, 0.2F, 0.51F,    // two above
             0.1F, 0.3F, kNone,    // none above: the best stays, what has no score goes
             kNone, kNone, kNone,  // nothing known: all stay
             0.8F, 0.5F, 0.7F});   // 0.5 is not above 0.5
  EXPECT_EQ(kept("point"), (std::vector<int>{0, 2, 4, 6, 7, 8, 9, 11}));
  EXPECT_EQ(kept("all").size(), 12U);
  project().setExcluded({3}, true);
  project().setProblem(0, "zero bytes");
  EXPECT_EQ(kept("point"), (std::vector<int>{2, 4, 6, 7, 8}));
  EXPECT_EQ(kept("all").size(), 8U);
  project().mergeIdentities(1, 0);  // one person: of 1 to 5 only sample 2 is above
  EXPECT_EQ(kept("point"), (std::vector<int>{2, 6, 7, 8}));

  project::SelectionRow row;
  row.name = "s@1";
  row.enters = {0.1, 0.5, 2, std::numeric_limits<double>::infinity(), 0.2, std::nan("")};
  row.enters.resize(24, std::nan(""));
  row.others.resize(24, 0);
  project().putSelection(row);
  EXPECT_EQ(kept("s@1@-0.5"), (std::vector<int>{4, 5, 6, 7, 8}));  // -lambda > enters, strictly
  EXPECT_EQ(kept("s@1@-0.6"), (std::vector<int>{1, 4, 5, 6, 7, 8}));
  EXPECT_EQ(kept("s@1@50%"), (std::vector<int>{4, 5, 6, 7, 8}));  // of 0, 1, 2 and 4 the first two to enter
  EXPECT_EQ(kept("s@1@51%"), (std::vector<int>{1, 4, 5, 6, 7, 8}));
  for (const char* wrong : {"s@1@0%", "s@1@101%"})
    EXPECT_NE(errorOf({ExportPart::Lists}, wrong).find("is no share"), std::string::npos) << wrong;
  EXPECT_NE(errorOf({ExportPart::Lists}, "s@1").find("lambda is missing"), std::string::npos);
  project().putSetting("selection/name", "s@1");
  project().putSetting("selection/lambda", "-3");
  EXPECT_EQ(kept("s@1"), (std::vector<int>{1, 2, 4, 5, 6, 7, 8}));
  EXPECT_NE(errorOf({ExportPart::Lists}, "s@1@x").find("is no lambda"), std::string::npos);
  EXPECT_NE(errorOf({ExportPart::Lists}, "s@1@1").find("is no lambda"), std::string::npos);
  EXPECT_NE(errorOf({ExportPart::Lists}, "gone@-1").find("nor a selection of this project (s@1)"),
            std::string::npos)
      << errorOf({ExportPart::Lists}, "gone@-1");

  row.name = "cut";  // the faces of one cut enter together, just before it
  row.options = R"({"method":"cut","lambda":-8})";
  for (double& enters : row.enters)
    if (!std::isnan(enters)) enters = enters < 1 ? std::nextafter(8, 0) : INFINITY;
  project().putSelection(row);
  const std::vector<int> ofCut = {1, 4, 5, 6, 7, 8};
  EXPECT_EQ(kept("cut"), ofCut);  // whatever the window shows
  EXPECT_EQ(kept("cut@-8"), ofCut);
  for (const char* other : {"cut@-7", "cut@-100"})
    EXPECT_NE(errorOf({ExportPart::Lists}, other).find("is one cut at lambda -8"), std::string::npos)
        << errorOf({ExportPart::Lists}, other);
}

TEST_F(ExportKept, WhatAPersonCalledWrongIsNotKept) {
  scratch_.addPictures("a", project::Role::Train, 3, 3);  // 0-2, 3-5, 6-8
  scratch_.addCopies(1);
  putScores({0.9F, 0.8F, 0.7F, 0.9F, 0.2F, 0.1F, 0.9F, 0.8F, 0.7F});
  project::decide(project(), {.what = "a look",
                              .marks = {{1, {.verdict = project::Verdict::Wrong}},
                                        {3, {.verdict = project::Verdict::Wrong}},
                                        {6, {.movedTo = 0, .verdict = project::Verdict::Wrong}},
                                        {7, {.verdict = project::Verdict::Unsure}}},
                              .identities = {}});
  EXPECT_EQ(kept("point"), (std::vector<int>{0, 2, 4, 6, 7, 8}))
      << "4 is the best of its identity that is left; 6 is right where it was moved to";
  EXPECT_EQ(kept("all"), (std::vector<int>{0, 2, 4, 5, 6, 7, 8}));
  run({ExportPart::Lists});
  EXPECT_NE(text("decisions.csv").find("a person called it wrong"), std::string::npos);
  data::Protocol protocol;
  protocol.name = "p";
  protocol.templates = {{"x", 0, {0, 1, 10}}, {"y", 1, {3, 4}}};
  protocol.pairs = {{0, 1}};
  project().putProtocol(protocol);
  run({ExportPart::Protocol}, "all");
  EXPECT_EQ(data::readCsv(out_ / "templates.csv").size(), 3U) << "of 0 and 4: not 1, its copy 10, nor 3";
}

TEST_F(ExportKept, ListsNameEveryImageOnceWithTheReason) {
  scratch_.addPictures("a", project::Role::Train, 2, 3);
  putScores({0.9F, 0.2F, 0.6F, 0.7F, kNone, 0.1F});
  const auto result = run({ExportPart::Lists});
  EXPECT_EQ(result.kept, 3);
  EXPECT_EQ(result.removed, 3);
  const auto samples = project().samples();
  const auto file = [&](std::size_t i) { return samples[i].image.file + "\n"; };
  EXPECT_EQ(text("kept.txt"), file(0) + file(2) + file(3));
  EXPECT_EQ(text("removed.txt"), file(1) + file(4) + file(5));
  const auto rows = data::readCsv(out_ / "decisions.csv");
  ASSERT_EQ(rows.size(), 7U);
  const auto at = [&](std::size_t row, const char* column) {
    return rows[row].fields.at(static_cast<std::size_t>(data::csvColumn("x", rows[0], column)));
  };
  EXPECT_EQ(at(2, "decision"), "removed");
  EXPECT_EQ(at(2, "reason"), "not above the threshold");
  EXPECT_EQ(at(2, "score"), "0.200000003");
  EXPECT_EQ(at(5, "reason"), "it has no score: its feature holds NaN or infinity");
  EXPECT_EQ(at(5, "score"), "");
  EXPECT_EQ(at(6, "percentile"), "10");
  EXPECT_EQ(at(1, "identity"), "a0");
}

TEST_F(ExportKept, APhotographGoesOnlyWithItsLastFace) {
  data::Dataset set;
  set.name = "s";
  set.identities = {"a", "b"};
  for (int i = 0; i < 3; ++i) {
    data::Sample sample;
    sample.image.file = i < 2 ? "/none/both.jpg" : "/none/line\nbreak.jpg";
    sample.image.crop = data::Rect{i, 0, 10, 10};
    sample.identity = i % 2;
    set.samples.push_back(sample);
  }
  project().addDataset(set, project::Role::Train);
  putScores({0.9F, 0.8F, 0.1F});
  run({ExportPart::Lists});
  EXPECT_EQ(text("kept.txt"), "/none/both.jpg\n");
  EXPECT_EQ(text("removed.txt"), "");
  EXPECT_NE(notes_.find("1 paths hold a line break"), std::string::npos) << notes_;
  project().setExcluded({1}, true);
  run({ExportPart::Lists});
  EXPECT_EQ(text("removed.txt"), "");
  EXPECT_NE(notes_.find("1 removed faces are of photographs that show a kept one"), std::string::npos)
      << notes_;
}

TEST_F(ExportKept, FeaturesStandBesideTheirPaths) {
  scratch_.addPictures("a", project::Role::Train, 2, 3);
  scratch_.putFeatures("f", 5, 0.5);
  {
    data::MappedNpy all(project().featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    all.row(3)[2] = kNone;
  }
  putScores({0.9F, 0.2F, 0.6F, 0.7F, 0.8F, 0.1F});
  run({ExportPart::Features});
  const auto rows = data::loadNpy(out_ / "features-f.npy");
  const auto all = data::loadNpy(project().featureFile("f"));
  ASSERT_EQ(rows.rows, 3);
  std::string paths;
  for (std::int64_t r = 0; r < 3; ++r) {
    const std::int64_t s = std::array{0, 2, 4}[static_cast<std::size_t>(r)];
    EXPECT_TRUE(std::ranges::equal(rows.row(r), all.row(s)));
    paths += project().samples()[static_cast<std::size_t>(s)].image.file + "\n";
  }
  EXPECT_EQ(text("features-f.txt"), paths);
  EXPECT_NE(notes_.find("1 kept images have none"), std::string::npos) << notes_;
}

// Template by template "identity: image image", and what each pair says.
std::multiset<std::string> templatesOf(const data::Dataset& set,
                                       const std::function<std::string(const data::ImageRef&)>& name) {
  std::multiset<std::string> lines;
  const auto& protocol = set.protocols.at(0);
  for (const auto& one : protocol.templates) {
    std::string line = one.name + " of " + set.identities.at(static_cast<std::size_t>(one.identity)) + ":";
    for (const int s : one.samples)
      line.append(" ").append(name(set.samples.at(static_cast<std::size_t>(s)).image));
    lines.insert(line);
  }
  for (const auto& pair : protocol.pairs)
    lines.insert(fmt::format("{} {} {} {}", protocol.templates.at(static_cast<std::size_t>(pair.a)).name,
                             protocol.templates.at(static_cast<std::size_t>(pair.b)).name, pair.genuine,
                             pair.fold));
  return lines;
}

TEST_F(ExportKept, AProtocolIsReadBackAsItIs) {
  scratch_.addPictures("a", project::Role::Test, 3, 4);
  jobs::ProtocolOptions draw;
  draw.size = 2;
  draw.degraded = 0.5;
  Progress progress;
  makeProtocol(project(), draw, progress);
  const auto samples = project().samples();
  ASSERT_GT(samples.size(), 12U);  // there are copies
  const auto result = run({ExportPart::Protocol}, "all");
  EXPECT_EQ(result.protocol->templates, 6);
  EXPECT_EQ(result.protocol->images, std::ssize(samples) - 12);
  const auto back = load(out_ / "templates.csv", {{"pairs", (out_ / "pairs.csv").string()}});
  EXPECT_TRUE(back.problems.empty()) << back.problems[0].where << back.problems[0].what;
  const auto shape = data::Shape{};
  const auto& kind = kindOf(project());
  const auto pixels = [&](const data::ImageRef& image) {
    const cv::Mat face = imaging::loadSample(kind, image, shape);
    return fmt::format("{:x}", mixSeed(1, std::string_view(reinterpret_cast<const char*>(face.data),
                                                           face.total() * face.elemSize())));
  };
  data::Dataset before;
  for (const auto& row : project().identities()) before.identities.push_back(row.name);
  for (const auto& s : samples) before.samples.push_back({s.image, s.identity, "", ""});
  before.protocols.push_back(project().protocol("templates"));
  EXPECT_EQ(templatesOf(back, pixels), templatesOf(before, pixels));
}

TEST_F(ExportKept, AProtocolLosesWhatIsNotKeptAndKeepsFoldsLandmarksAndTruth) {
  data::Dataset set;
  set.name = "s";
  set.identities = {"anna, b", "ben"};
  for (int i = 0; i < 5; ++i) {
    data::Sample sample;
    sample.image.file = picture(fmt::format("{}.ppm", i));
    if (i == 0) sample.image.landmarks = data::Landmarks{{{3.1F, 4}, {9.7F, 4}, {6, 7}, {4, 10.3F}, {9, 10}}};
    if (i == 1) sample.image.crop = data::Rect{1, 2, 12, 13};
    sample.identity = i < 3 ? 0 : 1;
    sample.media = i == 2 ? "film; 1" : "";
    sample.nuisance = i == 1 ? R"({"detector_score":0.875})" : "";
    set.samples.push_back(sample);
  }
  data::Protocol protocol{"p", {}, {}, 2};
  protocol.templates = {{"t", 0, {0, 1}}, {"t", 0, {2}}, {"u\"v", 1, {3, 4}}, {"w", 1, {4}}};
  protocol.pairs = {{0, 1, true, 0}, {0, 2, false, 1}, {2, 3, true, 0}, {1, 3, false, 1}};
  set.protocols = {protocol};
  project().addDataset(set, project::Role::Test);
  ASSERT_EQ(project().sampleCount(), 5);
  std::vector<float> scores(5, 0.9F);
  scores[1] = 0.1F;  // the crop of template t
  putScores(scores);
  project().setProblem(4, "damaged");  // the only image of w
  const auto result = run({ExportPart::Protocol});
  EXPECT_EQ(result.protocol->templates, 3);
  EXPECT_EQ(result.protocol->pairs, 2);
  EXPECT_NE(notes_.find("1 templates have no kept image; they and 2 pairs"), std::string::npos) << notes_;
  const auto back = load(out_ / "templates.csv", {{"pairs", (out_ / "pairs.csv").string()}});
  const auto& read = back.protocols.at(0);
  ASSERT_EQ(read.templates.size(), 3U);
  EXPECT_EQ(read.templates[0].name, "t");
  EXPECT_EQ(read.templates[1].name, "t#2");
  EXPECT_EQ(read.templates[2].name, "u\"v");
  EXPECT_EQ(read.templates[2].samples.size(), 1U);
  EXPECT_EQ(back.identities, set.identities);
  ASSERT_EQ(back.samples.size(), 3U);
  EXPECT_EQ((*back.samples[0].image.landmarks)[0].x, 3.1F);
  EXPECT_EQ((*back.samples[0].image.landmarks)[3].y, 10.3F);
  EXPECT_EQ(back.samples[1].media, "film; 1");
  ASSERT_EQ(read.pairs.size(), 2U);
  EXPECT_TRUE(read.pairs[0].genuine);
  EXPECT_FALSE(read.pairs[1].genuine);
  EXPECT_EQ(read.folds, 2);
  EXPECT_EQ(read.pairs[0].fold, 0);
  EXPECT_EQ(read.pairs[1].fold, 1);
  run({ExportPart::Protocol}, "all");
  const auto all = load(out_ / "templates.csv");
  EXPECT_EQ(*all.samples.at(1).image.crop, (data::Rect{1, 2, 12, 13}));
  EXPECT_NE(all.samples.at(1).nuisance.find("0.875"), std::string::npos);
}

TEST_F(ExportKept, RecordsAreReadBackByteByByte) {
  const fs::path images = project().folder() / "images";
  fs::create_directories(images);
  cv::Mat picture(112, 112, CV_8UC3);
  data::Dataset set;
  set.name = "s";
  set.identities = {"a", "b, c"};
  const char* names[] = {"0.jpg", "1.png", "2.bmp", "3.jpg", "4.png"};
  for (int i = 0; i < 5; ++i) {
    cv::randu(picture, 0, 255);
    const std::string file = (images / names[i]).string();
    cv::imwrite(file, i == 4 ? picture(cv::Rect(0, 0, 50, 40)) : picture);
    data::Sample sample;
    sample.image.file = file;
    if (i == 3) sample.image.crop = data::Rect{10, 10, 80, 80};
    sample.identity = i % 2;
    set.samples.push_back(sample);
  }
  project().addDataset(set, project::Role::Train);
  const auto result = run({ExportPart::Records}, "all");
  EXPECT_EQ(result.records->images, 5);
  EXPECT_EQ(result.records->encoded, 3);  // a BMP, a crop, and one of another size
  const auto back = load(out_ / "records");
  EXPECT_EQ(back.format, "rec");
  EXPECT_TRUE(back.problems.empty()) << back.problems[0].where << back.problems[0].what;
  EXPECT_EQ(back.identities, (std::vector<std::string>{"0", "1"}));
  ASSERT_EQ(back.samples.size(), 5U);
  const int order[] = {0, 2, 4, 1, 3};  // an identity's images stand together
  for (std::size_t k = 0; k < 5; ++k) {
    SCOPED_TRACE(k);
    const auto& before = set.samples[static_cast<std::size_t>(order[k])];
    const auto& after = back.samples[k];
    EXPECT_EQ(after.identity, before.identity);
    if (order[k] < 2)
      EXPECT_EQ(imaging::readEncoded(after.image), readFile(before.image.file));
    else
      EXPECT_EQ(cv::norm(imaging::loadImage(after.image), imaging::loadFace(before.image), cv::NORM_INF), 0);
  }
  EXPECT_EQ(text("records/property"), "2,112,112\n");
  EXPECT_EQ(text("records/labels.csv"), "label,identity,images\n0,a,3\n1,\"b, c\",2\n");
  // A project of these records may not write over them.
  project().addDataset(back, project::Role::Train);
  EXPECT_NE(errorOf({ExportPart::Records}, "all").find("reads its images from this file"), std::string::npos);
}

class ExportTree : public ExportKept {
 protected:
  // Four pictures of two people: one whose name leads out of the folder, with two files of the same name.
  void addPeople() {
    const char* files[] = {"p/0.ppm", "x/0.ppm", "q/0.ppm", "q/1.ppm"};
    data::Dataset set;
    set.name = "s";
    set.identities = {"../../out", ".ben"};
    for (int i = 0; i < 4; ++i) {
      data::Sample sample;
      sample.image.file = picture(files[i]);
      sample.identity = i < 2 ? 0 : 1;
      set.samples.push_back(sample);
    }
    project().addDataset(set, project::Role::Train);
  }
};

TEST_F(ExportTree, NamesStayInsideAndNeverCollide) {
  addPeople();
  const auto first = run({ExportPart::Tree}, "all");
  EXPECT_EQ(first.tree->images, 4);
  EXPECT_EQ(first.tree->there, 0);
  const std::set<std::string> expected = {"_.._.._out/0.ppm", "_.._.._out/0-2.ppm", "_.ben/0.ppm",
                                          "_.ben/1.ppm"};
  EXPECT_EQ(tree(), expected);
  EXPECT_EQ(readFile(out_ / "tree/_.._.._out/0-2.ppm"), readFile(project().folder() / "images/x/0.ppm"));
  // Again: all is there. What a killed call left goes, what is missing comes.
  fs::remove(out_ / "tree/_.ben/1.ppm");
  std::ofstream(out_ / "tree/_.ben/1.ppm.tmp999999999-1") << "half";
  const auto again = run({ExportPart::Tree}, "all");
  EXPECT_EQ(again.tree->images, 4);
  EXPECT_EQ(again.tree->there, 3);
  EXPECT_EQ(tree(), expected);
  const auto imported = load(out_ / "tree");
  EXPECT_EQ(imported.format, "folder");
  EXPECT_EQ(imported.samples.size(), 4U);
}

TEST_F(ExportTree, NothingIsOverwrittenAndNothingElseLooksKept) {
  addPeople();
  run({ExportPart::Tree}, "all");
  std::ofstream(out_ / "tree/_.ben/0.ppm") << "mine";
  EXPECT_NE(errorOf({ExportPart::Tree}, "all").find("nothing is overwritten"), std::string::npos);
  EXPECT_EQ(text("tree/_.ben/0.ppm"), "mine");
  fs::remove(out_ / "tree/_.ben/0.ppm");
  // With a stricter rule the images of before would look as if they were kept.
  putScores({0.9F, 0.1F, 0.9F, 0.9F});
  EXPECT_NE(errorOf({ExportPart::Tree}).find("0-2.ppm: is not among the images that are kept"),
            std::string::npos)
      << errorOf({ExportPart::Tree});
}

TEST_F(ExportTree, LinksPointToTheImages) {
  addPeople();
  run({ExportPart::Tree}, "all", jobs::TreeFiles::Link);
  EXPECT_EQ(fs::hard_link_count(out_ / "tree/_.ben/1.ppm"), 2U);
  EXPECT_EQ(run({ExportPart::Tree}, "all").tree->there, 4);
  fs::remove_all(out_ / "tree");
  run({ExportPart::Tree}, "all", jobs::TreeFiles::Symlink);
  EXPECT_TRUE(fs::is_symlink(out_ / "tree/_.ben/1.ppm"));
  EXPECT_EQ(run({ExportPart::Tree}, "all", jobs::TreeFiles::Symlink).tree->there, 4);
}

TEST_F(ExportTree, AStoppedCallIsGoneOnWith) {
  addPeople();
  std::stop_source stop;
  jobs::ExportOptions options;
  options.what = {ExportPart::Tree};
  options.kept = "all";
  std::vector<fs::path> files;
  Progress progress(
      [&](const ProgressEvent& event) {
        if (event.done >= 1) stop.request_stop();
      },
      stop.get_token());
  stop.request_stop();
  EXPECT_THROW(exportKept(project(), options, out_, files, progress), Cancelled);
  const auto result = run({ExportPart::Tree}, "all");
  EXPECT_EQ(result.tree->images, 4);
  EXPECT_EQ(tree().size(), 4U);
}

TEST_F(ExportTree, ImagesOfContainersBecomeFiles) {
  datasets::test::TarWriter tar;
  tar.sample("1", 7, "a").sample("2", 9, "b");
  fs::create_directories(out_);
  std::ofstream(out_ / "s.tar", std::ios::binary) << tar.whole();
  project().addDataset(load(out_ / "s.tar"), project::Role::Train);
  run({ExportPart::Tree, ExportPart::Lists}, "all");
  EXPECT_EQ(tree(), (std::set<std::string>{"a/000000.pnm", "b/000001.pnm"}));
  EXPECT_EQ(text("tree/b/000001.pnm"), "P5 1 1 255\n\x09");
  EXPECT_EQ(run({ExportPart::Tree}, "all").tree->there, 2);
  EXPECT_EQ(text("kept.txt").find((out_ / "s.tar").string() + "#512+12\n"), 0U) << text("kept.txt");
}

}  // namespace
}  // namespace discern::pipeline
