// Every job's fields: what they say, what becomes of them in a stored run and a model, and what they refuse.
#include "core/jobs/jobs.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/field_json.h"
#include "core/jobs/former_names.h"
#include "core/jobs/stored.h"
#include "core/jobs/visit.h"
#include "tests/core/jobs/other_text.h"

namespace discern::jobs {
namespace {

// What projects and scripts say as it was called before is understood; each is an option of its job today.
TEST(FormerNames, AreReadFromStoredRuns) {
  for (const FormerName& name : formerNames()) {
    const Job& job = jobOf(name.job);
    EXPECT_NE(findField(job.fields, name.now), nullptr) << name.job;
    EXPECT_EQ(findField(job.fields, name.was), nullptr)
        << name.job << ' ' << name.was << ": is another option";
    project::RunRow run;
    run.job = name.job;
    run.options = "{\"" + std::string(name.was) + "\": \"mine\"}";
    EXPECT_EQ(storedText(run, name.now), "mine") << name.job << ' ' << name.was;
    run.options = "{\"" + std::string(name.now) + "\": \"mine\", \"" + std::string(name.was) + "\": \"old\"}";
    EXPECT_EQ(storedText(run, name.now), "mine");
    run.options = "{}";
    EXPECT_EQ(storedText(run, name.now), findField(job.fields, name.now)->fallback);
  }
}
using nlohmann::json;

TEST(Jobs, EveryFieldSaysWhatItIsAndHasADefaultThatItMayHave) {
  ASSERT_GE(allJobs().size(), 18U);
  for (const Job& job : allJobs()) {
    std::set<std::string> names, keys;
    for (const Field& field : job.fields) {
      SCOPED_TRACE(job.name + " " + field.name);
      EXPECT_FALSE(field.label.empty());
      EXPECT_FALSE(field.help.empty());
      EXPECT_NE(field.help.back(), '.');
      EXPECT_TRUE(names.insert(field.name).second);
      EXPECT_TRUE(keys.insert(field.key).second);
      if (!field.required) {
        EXPECT_NO_THROW(checkText(field, field.fallback));
      }
      if (field.kind == FieldKind::Choice) {
        EXPECT_TRUE(field.choices);
      }
    }
  }
}

// Options that differ from the defaults in every field come back from either JSON, field by field.
TEST(Jobs, StoredOptionsAloneMakeTheSameOptions) {
  int seen = 0;
  visitJobs([&](const char* name, const char*, const auto& fields) {
    SCOPED_TRACE(name);
    auto options = optionsFromJson(fields, json::object());
    for (std::size_t i = 0; i < fields.list().size(); ++i) {
      const Field& field = fields.list()[i];
      SCOPED_TRACE(field.name);
      const std::string text = test::otherText(field);
      ASSERT_NE(text, field.fallback);
      ASSERT_NO_THROW(fields.set(options, i, text));
      EXPECT_EQ(fields.text(options, i), text);  // read, and told again as it was given
      ++seen;
    }
    const auto texts = fields.texts(options);
    const json run = json::parse(runJson(fields, options).dump()),
               model = json::parse(modelJson(fields, options).dump());
    EXPECT_EQ(fields.texts(optionsFromJson(fields, run)), texts);
    EXPECT_EQ(fields.texts(optionsFromJson(fields, model)), texts);
  });
  EXPECT_GT(seen, 150);
}

TEST(Jobs, WhatIsOutOfRangeNamesTheFieldInWordsAndChangesNothing) {
  int ranges = 0;
  visitJobs([&](const char* name, const char*, const auto& fields) {
    auto options = optionsFromJson(fields, json::object());
    for (std::size_t i = 0; i < fields.list().size(); ++i) {
      const Field& field = fields.list()[i];
      const auto text = test::outside(field);
      if (!text) continue;
      ++ranges;
      SCOPED_TRACE(std::string(name) + " " + field.name);
      try {
        fields.set(options, i, *text);
        ADD_FAILURE() << *text << " was taken";
      } catch (const FieldError& e) {
        EXPECT_EQ(e.field(), field.name);
        EXPECT_EQ(e.what(), fieldWords(field.name) + " " + *text + ": " + rangeText(field));
      }
      EXPECT_EQ(fields.text(options, i), field.fallback);
    }
  });
  EXPECT_GT(ranges, 60);
}

// A training that was paused, or a first stage that was kept, by an earlier version is known by these.
TEST(Jobs, FingerprintsOfTrainingsKeepTheirKeysAndValues) {
  EXPECT_EQ(
      fingerprintJson(training::ddnetFields(), training::DdnetOptions{}).dump(),
      R"({"architecture":"ddnet-r18","augment":false,"batch":64,"clip":5.0,"epochs":12,"flip":true,"hint_weight":0.0,)"
      R"("learning_rate":0.1,"loss":"score","momentum":0.9,"rank_weight":0.0,"seed":1,"size":112,)"
      R"("validation_share":0.1,"warmup":0.5,"weight_decay":0.0005})");
  EXPECT_EQ(
      fingerprintJson(training::studentFields(), training::StudentOptions{}).dump(),
      R"({"batch":256,"clip":5.0,"epochs":20,"epochs_init":20,"fit_mimic":true,"flip":true,"identity_dims":128,)"
      R"("learning_rate":0.05,"learning_rate_init":0.1,"mixed_precision":true,"mode":"sc","momentum":0.9,)"
      R"("perturbation_strength":0.03,"perturbations":16,"perturbed_points":"template",)"
      R"("regression_weight":16.0,"schedule":"cosine",)"
      R"("seed":1,"size":16,"start":"classes","steps":[10,15],"target":"unit","validation_share":0.1,"warmup":0.5,)"
      R"("weight_decay":0.0005})");
  training::BaseOptions base;
  base.margin = training::marginOf(base);
  base.scale = training::scaleOf(base);
  EXPECT_EQ(
      fingerprintJson(training::baseFields(), base).dump(),
      R"({"anneal":true,"architecture":"mobilefacenet","augment":false,"batch":128,"clip":5.0,"dims":512,)"
      R"("dropout":0.0,"epochs":10,"flip":true,)"
      R"("head":"arcface","learning_rate":0.1,"margin":0.5,"mixed_precision":true,"momentum":0.9,)"
      R"("per_identity":4,"scale":64.0,"schedule":"cosine","seed":1,"size":112,"steps":[6,8],)"
      R"("triplet_margin":0.3,"triplet_weight":0.0,"warmup":1.0,"weight_decay":0.0005,"width":1.0})");
}

TEST(Jobs, RunsOfEarlierVersionsAreRead) {
  // As version 0.1.0 stored them: texts, and flags by how they are spelled.
  const json run = {{"version", "0.1.0"}, {"size", "32"},  {"mode", "dc"},         {"no-flip", "true"},
                    {"lambda", ""},       {"keep", "0.5"}, {"teacher", "one,two"}, {"gone", "since"}};
  const auto options = optionsFromJson(distilFields(), run);
  EXPECT_EQ(options.training.size, 32);
  EXPECT_EQ(options.training.mode, training::StudentMode::Dc);
  EXPECT_FALSE(options.training.flip);
  EXPECT_TRUE(std::isnan(options.lambda));
  EXPECT_EQ(options.keep, 0.5);
  EXPECT_EQ(options.teacher, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(options.training.epochs, 20);
  // A model's options of that version.
  const auto base =
      optionsFromJson(trainBaseFields(), json{{"head", "cosface"}, {"margin", 0.35}, {"learning_rate", 0.2}});
  EXPECT_EQ(base.training.head, "cosface");
  EXPECT_EQ(base.training.margin, 0.35);
  EXPECT_EQ(base.training.learningRate, 0.2);
}

TEST(Jobs, AHeadHasAMarginOfItsOwnUnlessOneIsGiven) {
  training::BaseOptions options;
  EXPECT_EQ(training::marginOf(options), 0.5);
  EXPECT_EQ(training::scaleOf(options), 64);
  options.head = "sphereface";
  EXPECT_GE(training::marginOf(options), 1);  // it multiplies the angle
  options.margin = 2;
  EXPECT_EQ(training::marginOf(options), 2);
}

TEST(Jobs, PresetsAreThePapersAndSayWhatDeparts) {
  DistilOptions distil;
  EXPECT_EQ(distilFields().departures(distil, "paper").size(), 9U);  // sixteen perturbations are as published
  distilFields().apply(distil, distilFields().presets().front());
  EXPECT_EQ(distil.training.target, training::StudentTarget::AsIs);
  EXPECT_EQ(distil.training.regressionWeight, 1);
  EXPECT_FALSE(distil.training.fitMimic);
  EXPECT_FALSE(distil.training.flip);
  EXPECT_FALSE(distil.pool);
  EXPECT_EQ(distil.training.validationShare, 0);
  distil.training.mode = training::StudentMode::S;
  EXPECT_FALSE(training::startsOnClasses(distil.training));
  distil.training.mode = training::StudentMode::Sc;
  EXPECT_TRUE(training::startsOnClasses(distil.training));
  TrainDdnetOptions ddnet;
  trainDdnetFields().apply(ddnet, trainDdnetFields().presets().front());
  EXPECT_EQ(ddnet.copies.copies, 0);
  EXPECT_EQ(ddnet.training.clip, 0);
  EXPECT_FALSE(ddnet.training.flip);
  EXPECT_EQ(ddnet.scale, TargetScale::Originals);
  EvaluateOptions evaluate;
  evaluateFields().apply(evaluate, evaluateFields().presets().front());
  EXPECT_EQ(evaluate.lengths, data::Lengths::Raw);
  EXPECT_EQ(evaluate.rescales, std::vector{aggregation::Rescale::On});
  IdentifyOptions identify;
  EXPECT_EQ(ranksOf(identify), 10);
  identify.benchmark = Benchmark::Templates;
  EXPECT_EQ(ranksOf(identify), 20);  // TinyFace's
  identifyFields().apply(identify, identifyFields().presets().front());
  EXPECT_EQ(identify.lengths, data::Lengths::Raw);
  EXPECT_EQ(identify.rescale, aggregation::Rescale::On);
  AggregateOptions aggregate;
  EXPECT_EQ(aggregateFields().departures(aggregate, "paper").size(), 2U);  // rescale and lengths
  EXPECT_EQ(sweepFields().departures({}, "paper").size(), 1U);
  EXPECT_EQ(selectFields().presets().front().name, "paper");
  EXPECT_EQ(scoreFields().presets().front().name, "paper");
}

TEST(Jobs, DegradationsArePartOfAJobByName) {
  TrainDdnetOptions options;
  trainDdnetFields().set(options, "kinds", "jpeg, motion-blur");
  EXPECT_EQ(options.copies.kinds, (std::vector<data::DegradationKind>{data::DegradationKind::Jpeg,
                                                                      data::DegradationKind::MotionBlur}));
  EXPECT_THROW(trainDdnetFields().set(options, "kinds", "jpeg,rust"), FieldError);
  EXPECT_EQ(options.copies.kinds.size(), 2U);
}

TEST(Jobs, APlaceForNoFileIsNoName) {
  ExtractOptions options;
  for (const char* name : {"a/b", ".hidden", "new\nline"})
    EXPECT_THROW(extractFields().set(options, "name", name), FieldError);
  EXPECT_NO_THROW(extractFields().set(options, "name", ""));  // the model's
  TrainHeadOptions head;
  EXPECT_THROW(trainHeadFields().set(head, "name", ""), FieldError);
}

}  // namespace
}  // namespace discern::jobs
