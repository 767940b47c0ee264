// What a map's dots are coloured by, and who is found by name, against planted truth.
#include "ui/models/images/sample_colours.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>
#include <cmath>

#include "core/base/error.h"
#include "ui/models/images/named_samples.h"
#include "ui/models/images/uses.h"

namespace discern::ui {
namespace {

// 12 identities: identity i has i + 1 images; image k of an identity is damaged where k is odd.
struct Planted {
  std::shared_ptr<Snapshot> snapshot = std::make_shared<Snapshot>();
  std::shared_ptr<data::ScoreTable> scores = std::make_shared<data::ScoreTable>();
  ColourRequest request;

  Planted() {
    for (int i = 0; i < 12; ++i) {
      snapshot->identities.push_back(
          {i, "person " + std::to_string(i), "set", i < 10 ? project::Role::Train : project::Role::Test});
      snapshot->samplesOfIdentity.emplace_back();
      for (int k = 0; k <= i; ++k) {
        project::SampleRow row;
        row.id = static_cast<int>(snapshot->samples.size());
        row.identity = i;
        row.image.file = "/photos/" + std::to_string(i) + "/IMG_" + std::to_string(row.id) + ".jpg";
        if (k % 2 == 1) {
          row.parent = row.id - 1;
          row.image.degradation.kind = data::DegradationKind::Noise;
        }
        row.nuisance = R"({"yaw":)" + std::to_string(3 * k) + R"(,"camera":"c)" + std::to_string(i) + "\"}";
        snapshot->samples.push_back(row);
        snapshot->samplesOfIdentity.back().push_back(row.id);
      }
    }
    snapshot->who = analysis::whoIs(snapshot->samples, snapshot->identities);
    snapshot->scoreTables = {"dscore"};
    scores->name = "dscore";
    scores->resize(snapshot->samples.size());
    for (std::size_t i = 0; i < scores->score.size(); ++i) scores->score[i] = float(i) / 100;
    scores->score[5] = std::nanf("");
    request.table = std::make_shared<const SampleTable>(snapshot, scores, 0.3);
    request.otherName = "other";
    request.unknownName = "none";
    for (const auto& row : snapshot->samples)
      if (row.id != 7) request.samples.push_back(row.id);  // one is not on the map
  }
  SampleColours by(const QString& key) {
    request.key = key;
    return coloursOf(request);
  }
  int sampleAt(std::size_t position) const { return request.samples[position]; }
};

TEST(SampleColours, KindsAreThoseOfEachSample) {
  Planted planted;
  const auto role = planted.by("role"), damage = planted.by("damage"), point = planted.by("point");
  EXPECT_EQ(role.names, (QStringList{"train", "test"}));
  EXPECT_EQ(damage.names, (QStringList{"originals", "noise"}));
  EXPECT_EQ(point.names, (QStringList{"kept", "dropped", "none"}));
  for (std::size_t i = 0; i < planted.request.samples.size(); ++i) {
    const int sample = planted.sampleAt(i);
    const auto& row = planted.snapshot->samples[std::size_t(sample)];
    EXPECT_EQ(role.kinds[i], row.identity < 10 ? 0 : 1);
    EXPECT_EQ(damage.kinds[i], row.parent < 0 ? 0 : 1);
    EXPECT_EQ(point.kinds[i], sample == 5 ? 2 : float(sample) / 100 > 0.3 ? 0 : 1) << sample;
  }
  EXPECT_EQ(point.textOf(0), "dropped");
  EXPECT_TRUE(point.values.empty());
}

TEST(SampleColours, ATemplateKeepsTheBestOfWhatIsLeftInIt) {
  using analysis::Use;
  Planted planted;
  auto protocol = std::make_shared<data::Protocol>();
  protocol->templates.push_back({"mine", 4, {10, 11, 12}});  // none scores above 0.3
  planted.request.protocol = protocol;
  auto uses = usesToday(*planted.request.table, protocol.get());
  EXPECT_EQ(uses[10], Use::Dropped);
  EXPECT_EQ(uses[12], Use::Kept);
  EXPECT_EQ(uses[13], Use::Dropped) << "in no template";
  EXPECT_EQ(uses[40], Use::Kept);
  EXPECT_EQ(uses[5], Use::Unknown);
  const auto alone = usesToday(*planted.request.table, protocol.get(), {12});
  EXPECT_EQ(alone[12], Use::Kept) << "its template is looked at";
  EXPECT_EQ(usesToday(*planted.request.table, protocol.get(), {40})[12], Use::Dropped) << "nobody asked";
  EXPECT_EQ(planted.by("point").textOf(11), "kept") << "sample 12";
  planted.snapshot->who.leftOut[12] = project::LeftOut::Templates;
  uses = usesToday(*planted.request.table, protocol.get());
  EXPECT_EQ(uses[11], Use::Kept);
  EXPECT_EQ(uses[12], Use::Dropped);
  EXPECT_EQ(planted.by("point").textOf(11), "dropped");
}

TEST(SampleColours, TooManyKindsAreTheMostFrequentOnesAndOthers) {
  Planted planted;
  const auto camera = planted.by("own:camera");  // as many of each as its identity has
  EXPECT_EQ(camera.names, (QStringList{"c10", "c11", "c5", "c6", "c7", "c8", "c9", "other"}));
  for (std::size_t i = 0; i < planted.request.samples.size(); ++i) {
    const int identity = planted.snapshot->samples[std::size_t(planted.sampleAt(i))].identity;
    EXPECT_EQ(camera.names[camera.kinds[i]], identity < 5 ? "other" : QString("c%1").arg(identity));
  }
}

TEST(SampleColours, IdentitiesHaveAColourEachOrAreNamedWhereTheyAreFew) {
  Planted planted;
  const auto many = planted.by("identity");
  EXPECT_TRUE(many.kinds.empty());
  for (std::size_t i = 0; i < planted.request.samples.size(); ++i)
    EXPECT_EQ(many.identities[i], planted.snapshot->samples[std::size_t(planted.sampleAt(i))].identity);
  planted.request.samples = {0, 1, 2};
  const auto few = planted.by("identity");
  EXPECT_EQ(few.names, (QStringList{"person 0", "person 1"}));
  EXPECT_EQ(few.kinds, (std::vector<int>{0, 1, 1}));
}

TEST(SampleColours, NumbersAreValuesWithTheirRange) {
  Planted planted;
  const auto score = planted.by("scores:dscore"), yaw = planted.by("own:yaw");
  EXPECT_EQ(score.title, "score (dscore)");
  EXPECT_EQ(std::pair(score.low, score.high), std::pair(0.0, 1.0));
  EXPECT_EQ(std::pair(yaw.low, yaw.high), std::pair(0.0, 33.0));
  EXPECT_TRUE(yaw.names.isEmpty());
  for (std::size_t i = 0; i < planted.request.samples.size(); ++i) {
    const int sample = planted.sampleAt(i);
    const auto& row = planted.snapshot->samples[std::size_t(sample)];
    if (sample == 5)
      EXPECT_TRUE(std::isnan(score.values[i]));
    else
      EXPECT_EQ(score.values[i], float(sample) / 100);
    EXPECT_EQ(yaw.values[i],
              float(3 * (sample - planted.snapshot->samplesOfIdentity[std::size_t(row.identity)].front())));
  }
  EXPECT_EQ(score.textOf(9), "0.1") << "sample 10";
}

TEST(SampleColours, ScoresThatWereReadBeforeAreNotReadAgain) {
  Planted planted;
  auto other = std::make_shared<data::ScoreTable>(*planted.scores);
  other->name = "other";
  other->score[0] = 0.875F;
  planted.request.scores = other;  // of a project that is nowhere
  const auto colours = planted.by("scores:other");
  EXPECT_EQ(colours.values[0], 0.875F);
  EXPECT_EQ(colours.scores, other);
  EXPECT_FALSE(planted.by("scores:dscore").scores) << "the session holds these";
}

TEST(SampleColours, VerdictsAndTagsAreThoseOfThePerson) {
  Planted planted;
  planted.snapshot->marks[3].verdict = project::Verdict::Wrong;
  planted.snapshot->marks[4].tags = {"blurry", "dark"};
  const auto verdict = planted.by("verdict"), tags = planted.by("tags");
  EXPECT_EQ(verdict.names, (QStringList{"wrong", "none"}));
  EXPECT_EQ(std::ranges::count(verdict.kinds, 0), 1);
  EXPECT_EQ(verdict.kinds[3], 0);
  EXPECT_EQ(tags.names, (QStringList{"blurry, dark", "none"}));
  EXPECT_EQ(tags.kinds[4], 0);
}

TEST(SampleColours, AColumnOfATableIsReadAndWhatIsGoneIsSaid) {
  Planted planted;
  QTemporaryDir folder;
  const QString file = folder.filePath("light.csv");
  QFile out(file);
  ASSERT_TRUE(out.open(QIODevice::WriteOnly));
  out.write("sample,light,year\n0,dark,1990\n1,bright,1992\n2,dark,1999\n");
  out.close();
  planted.request.metadata = file.toStdString();
  planted.request.project = folder.path().toStdString();
  const auto light = planted.by("table:light"), year = planted.by("table:year");
  EXPECT_EQ(light.names, (QStringList{"bright", "dark", "none"}));
  EXPECT_EQ((std::vector<int>{light.kinds[0], light.kinds[1], light.kinds[2], light.kinds[3]}),
            (std::vector<int>{1, 0, 1, 2}));
  EXPECT_EQ(std::pair(year.low, year.high), std::pair(1990.0, 1999.0));
  EXPECT_THROW(planted.by("table:age"), Error);
  EXPECT_THROW(planted.by("own:age"), Error);
  EXPECT_THROW(planted.by("scores:gone"), Error);
}

TEST(NamedSamples, AreFoundByIdentityThenFileThenAPartOfEither) {
  const Planted planted;
  const auto& table = *planted.request.table;
  const auto& all = planted.request.samples;
  EXPECT_EQ(samplesNamed(table, all, "person 1"), (std::vector<int>{1, 2})) << "not person 10 and 11";
  EXPECT_EQ(samplesNamed(table, all, "PERSON 1"), (std::vector<int>{1, 2}));
  EXPECT_EQ(samplesNamed(table, all, "IMG_9.jpg"), (std::vector<int>{9}));
  EXPECT_EQ(samplesNamed(table, all, "img_1").size(), 11U) << "1, and 10 to 19";
  EXPECT_EQ(samplesNamed(table, all, "IMG_7.jpg"), std::vector<int>{}) << "it is not on the map";
  EXPECT_EQ(samplesNamed(table, all, "nobody"), std::vector<int>{});
  EXPECT_EQ(samplesNamed(table, all, ""), std::vector<int>{});
  EXPECT_EQ(namesLike(table, all, "son 1"), (QStringList{"person 1", "person 10", "person 11"}));
  EXPECT_EQ(namesLike(table, all, "IM"), QStringList{}) << "two letters are in too many files";
  EXPECT_EQ(namesLike(table, all, "img_77"), QStringList{"IMG_77.jpg"});
  EXPECT_EQ(namesLike(table, all, "IMG", 5).size(), 5);
}

}  // namespace
}  // namespace discern::ui
