#include "core/base/field.h"

#include <gtest/gtest.h>

#include <array>

#include "core/base/field_json.h"

namespace discern {
namespace {
using nlohmann::json;

enum class Colour { Red, Green };
const auto& namesOf(Colour) {
  static constexpr std::array<Named<Colour>, 2> kNames{
      {{Colour::Red, "red", "Like blood"}, {Colour::Green, "green"}}};
  return kNames;
}

struct Inner {
  double share = 0.5;
};
struct Options {
  std::string name = "n";
  int count = 3;
  std::uint64_t seed = 1;
  double rate = 0.1;
  double maybe = std::numeric_limits<double>::quiet_NaN();
  bool loud = false, flip = true;
  Colour colour = Colour::Green;
  std::vector<int> steps = {6, 8};
  std::vector<Colour> colours;
  Inner inner;
};

const Fields<Options>& fields() {
  static const Fields<Options> table = [] {
    using O = Options;
    Fields<O> f;
    f.add("name", &O::name, "Name", "Its name");
    f.add("count", &O::count, "Count", "How many").within(1, 10);
    f.add("seed", &O::seed, "Seed", "Of the draw");
    f.add("learning-rate", &O::rate, "Rate", "How fast").above(0).atMost(2).in("seconds");
    f.add("maybe", &O::maybe, "Maybe", "A number, or none").atMost(0).whenEmpty("none", "-1");
    f.add("loud", &O::loud, "Loud", "Louder");
    f.addNot("no-flip", &O::flip, "No mirror", "Do not mirror");
    f.add("colour", &O::colour, "Colour", "Of the thing").incidental();
    f.add("steps", &O::steps, "Steps", "Some epochs").within(1, 100);
    f.add("colours", &O::colours, "Colours", "Some of them");
    Fields<Inner> part;
    part.add("share", &Inner::share, "Share", "Of all").within(0, 1);
    f.include(&O::inner, part);
    return f;
  }();
  return table;
}

std::string said(const std::string& field, const std::string& text) {
  Options options;
  try {
    fields().set(options, field, text);
  } catch (const FieldError& e) {
    return e.what();
  }
  return "";
}

TEST(Fields, APresetIsPutInAsAWholeAndDeparturesFromItAreTold) {
  auto table = fields();
  table.addPreset("paper", "As published", {{"count", "7"}, {"no-flip", "true"}, {"maybe", ""}});
  ASSERT_EQ(table.presets().size(), 1U);
  Options options;
  options.maybe = -2;
  EXPECT_EQ(table.departures(options, "paper"),
            (std::vector<std::string>{"count 3 (published: 7)", "no mirror no (published: yes)",
                                      "maybe -2 (published: none)"}));
  table.apply(options, table.presets().front());
  EXPECT_EQ(options.count, 7);
  EXPECT_FALSE(options.flip);
  EXPECT_TRUE(std::isnan(options.maybe));
  EXPECT_TRUE(table.departures(options, "paper").empty());
  EXPECT_EQ(publishedText({}), "as published");
  EXPECT_EQ(publishedText({"a", "b"}), "as published but for: a; b");
  EXPECT_THROW(table.addPreset("wrong", "", {{"count", "11"}}), FieldError);
  EXPECT_THROW(table.departures(options, "none"), std::logic_error);
}

TEST(Field, WhatItRefusesIsOneSentenceWithTheFieldInWords) {
  EXPECT_EQ(said("count", "0"), "count 0: lies between 1 and 10");
  EXPECT_EQ(said("count", "11"), "count 11: lies between 1 and 10");
  EXPECT_EQ(said("count", "10"), "");
  EXPECT_EQ(said("count", "1.5"), "count 1.5: is no whole number");
  EXPECT_EQ(said("count", "12x"), "count 12x: is no whole number");
  EXPECT_EQ(said("count", ""), "count: is empty");
  EXPECT_EQ(said("learning-rate", "0"), "learning rate 0: is above 0 and at most 2 seconds");
  EXPECT_EQ(said("learning-rate", "nan"), "learning rate nan: is no number");
  EXPECT_EQ(said("learning-rate", "1e-3"), "");
  EXPECT_EQ(said("seed", "-4"), "seed -4: is at least 0");
  EXPECT_EQ(said("seed", "18446744073709551615"), "");
  EXPECT_EQ(said("seed", "18446744073709551616"), "seed 18446744073709551616: is no whole number");
  EXPECT_EQ(said("colour", "blue"), "colour blue: is not known; use red or green");
  EXPECT_EQ(said("colours", "red,blue"), "colours blue: is not known; use red or green");
  EXPECT_EQ(said("steps", "5, 101"), "steps 101: lies between 1 and 100");
  EXPECT_EQ(said("loud", "perhaps"), "loud perhaps: is either true or false");
  EXPECT_EQ(said("maybe", "1"), "maybe 1: is at most 0");
  EXPECT_EQ(said("share", "-0.5"), "share -0.5: lies between 0 and 1");
}

TEST(Field, AFrontEndPutsItsOwnSpellingThere) {
  const FieldError error("min-strength", "2", "is at most 1");
  EXPECT_STREQ(error.what(), "min strength 2: is at most 1");
  EXPECT_EQ(error.spelled("--min-strength"), "--min-strength 2: is at most 1");
}

TEST(Field, ADefaultIsTheStructs) {
  const auto of = [](const char* name) { return findField(fields().list(), name)->fallback; };
  EXPECT_EQ(of("count"), "3");
  EXPECT_EQ(of("learning-rate"), "0.1");
  EXPECT_EQ(of("maybe"), "");
  EXPECT_EQ(of("loud"), "false");
  EXPECT_EQ(of("no-flip"), "false");
  EXPECT_EQ(of("colour"), "green");
  EXPECT_EQ(of("steps"), "6,8");
  EXPECT_EQ(of("share"), "0.5");
}

TEST(Field, TextsBecomeValuesAndAFailedOneChangesNothing) {
  Options options;
  const auto set = [&](const char* field, const char* text) { fields().set(options, field, text); };
  set("seed", "18446744073709551615");
  set("maybe", "-2.5");
  set("no-flip", "true");
  set("colour", "red");
  set("colours", "green, red");
  set("steps", "");
  set("share", "0.25");
  EXPECT_EQ(options.seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(options.maybe, -2.5);
  EXPECT_FALSE(options.flip);
  EXPECT_EQ(options.colour, Colour::Red);
  EXPECT_EQ(options.colours, (std::vector<Colour>{Colour::Green, Colour::Red}));
  EXPECT_TRUE(options.steps.empty());
  EXPECT_EQ(options.inner.share, 0.25);
  set("maybe", "-1");  // another text for none
  EXPECT_TRUE(std::isnan(options.maybe));
  EXPECT_THROW(set("share", "2"), FieldError);
  EXPECT_EQ(options.inner.share, 0.25);
  EXPECT_THROW(set("nobody", "2"), std::logic_error);
}

TEST(Field, OptionsThatWereFilledInByCodeAreCheckedAlike) {
  Options options;
  EXPECT_NO_THROW(fields().check(options));
  options.count = 99;
  EXPECT_THROW(fields().check(options), FieldError);
}

TEST(Field, RunsStoreTextsAndModelsValues) {
  Options options;
  options.flip = false;
  EXPECT_EQ(runJson(fields(), options), (json{{"name", "n"},
                                              {"count", "3"},
                                              {"seed", "1"},
                                              {"learning-rate", "0.1"},
                                              {"maybe", ""},
                                              {"loud", "false"},
                                              {"no-flip", "true"},
                                              {"colour", "green"},
                                              {"steps", "6,8"},
                                              {"colours", ""},
                                              {"share", "0.5"}}));
  EXPECT_EQ(modelJson(fields(), options), (json{{"name", "n"},
                                                {"count", 3},
                                                {"seed", 1},
                                                {"learning_rate", 0.1},
                                                {"maybe", nullptr},
                                                {"loud", false},
                                                {"flip", false},
                                                {"colour", "green"},
                                                {"steps", {6, 8}},
                                                {"colours", json::array()},
                                                {"share", 0.5}}));
  EXPECT_FALSE(fingerprintJson(fields(), options).contains("colour"));
  EXPECT_TRUE(fingerprintJson(fields(), options).contains("flip"));
}

TEST(Field, EitherJsonIsReadAndWhatIsNotThereKeepsItsDefault) {
  const auto run =
      optionsFromJson(fields(), json{{"no-flip", "true"}, {"count", "7"}, {"of a later version", "x"}});
  EXPECT_FALSE(run.flip);
  EXPECT_EQ(run.count, 7);
  EXPECT_EQ(run.rate, 0.1);
  const auto model = optionsFromJson(
      fields(), json{{"flip", false}, {"steps", {4}}, {"learning_rate", 1.5}, {"maybe", nullptr}});
  EXPECT_FALSE(model.flip);
  EXPECT_EQ(model.steps, std::vector<int>{4});
  EXPECT_EQ(model.rate, 1.5);
  EXPECT_TRUE(std::isnan(model.maybe));
  EXPECT_THROW(optionsFromJson(fields(), json{{"count", 700}}), FieldError);
}

TEST(Field, HelpTellsRangeChoicesAndWhatEmptyMeans) {
  const auto help = [](const char* name) { return helpText(*findField(fields().list(), name)); };
  EXPECT_EQ(help("count"), "How many (1 to 10)");
  EXPECT_EQ(help("learning-rate"), "How fast (above 0 and at most 2 seconds)");
  EXPECT_EQ(help("colour"), "Of the thing: red (like blood) or green");
  EXPECT_EQ(help("maybe"), "A number, or none (at most 0); empty: none");
  EXPECT_EQ(help("name"), "Its name");
}

TEST(Field, ListsAreSplitAtCommas) {
  EXPECT_EQ(splitList(" a, b c ,,d"), (std::vector<std::string>{"a", "b c", "d"}));
  EXPECT_TRUE(splitList("").empty());
}

}  // namespace
}  // namespace discern
