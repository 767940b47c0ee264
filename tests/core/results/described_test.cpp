#include "core/base/described.h"

#include <gtest/gtest.h>

#include "core/base/json_text.h"

namespace discern {
namespace {

enum class Side { Left, Right };
const auto& namesOf(Side) {
  static const std::array<Named<Side>, 2> kNames{{{Side::Left, "left"}, {Side::Right, "right"}}};
  return kNames;
}
struct Spot {
  double x = 1, y = 2;
};
struct Thing {
  std::string name = "unnamed";
  bool flag = true;
  int small = 5;
  std::int64_t large = 0;
  std::uint64_t seed = 0;
  double number = 3;
  Side side = Side::Left;
  std::vector<Spot> spots;
  std::vector<std::string> words;
  std::map<std::string, int> counts;
  std::optional<double> maybe, rather;
};
template <class V>
void describe(V& v, Spot& r) {
  v.list(r.x, r.y);
}
template <class V>
void describe(V& v, Thing& r) {
  v("name", r.name);
  v("flag", r.flag);
  v("small", r.small);
  v("large", r.large);
  v("seed", r.seed);
  v("number", r.number);
  v("side", r.side);
  v("spots", r.spots);
  v("words", r.words);
  v("counts", r.counts);
  v("maybe", r.maybe);
  v.ifAny("rather", r.rather);
}

TEST(Described, IsWrittenAsItWouldBeByHand) {
  Thing thing;
  thing.name = "S\xF6hne";  // Latin-1
  thing.flag = false;
  thing.large = -9007199254740993;
  thing.seed = 18446744073709551615U;
  thing.number = std::nan("");
  thing.side = Side::Right;
  thing.spots = {{0.1, std::numeric_limits<double>::infinity()}};
  thing.counts = {{"b", 2}, {"a", 1}};
  EXPECT_EQ(textOf(toJson(thing)),
            "{\"counts\":{\"a\":1,\"b\":2},\"flag\":false,\"large\":-9007199254740993,\"maybe\":null,"
            "\"name\":\"S\xEF\xBF\xBDhne\",\"number\":null,\"seed\":18446744073709551615,\"side\":\"right\","
            "\"small\":5,\"spots\":[[0.1,null]],\"words\":[]}");
  thing.rather = 1;
  EXPECT_EQ(toJson(thing)["rather"], 1.0);
}

TEST(Described, WhatIsAbsentKeepsItsDefaultAndWhatIsUnknownIsPassedOver) {
  const auto thing = fromJsonText<Thing>(R"({"number":null,"newer":[1],"maybe":4,"spots":[[7,8]]})", "it");
  EXPECT_EQ(thing.name, "unnamed");
  EXPECT_TRUE(thing.flag);
  EXPECT_TRUE(std::isnan(thing.number));
  EXPECT_EQ(thing.maybe, 4);
  ASSERT_EQ(thing.spots.size(), 1U);
  EXPECT_EQ(thing.spots[0].y, 8);
}

// The sentence for JSON that is none of a Thing; empty: it is one.
std::string complaint(const std::string& json) {
  try {
    static_cast<void>(fromJsonText<Thing>(json, "the thing"));
  } catch (const Error& e) {
    return e.what();
  }
  return {};
}

TEST(Described, AValueOfAnotherTypeIsNamed) {
  EXPECT_EQ(complaint("{}"), "");
  for (const auto& [json, says] : std::vector<std::pair<std::string, std::string>>{
           {"[]", "the thing: is no JSON object"},
           {"7", "the thing: is no JSON object"},
           {R"({"name":3})", "its name is no text"},
           {R"({"name":null})", "its name is no text"},
           {R"({"flag":"true"})", "its flag is no truth value"},
           {R"({"small":2.5})", "its small is no whole number"},
           {R"({"small":2147483648})", "its small is no number of that size"},
           {R"({"small":-2147483649})", "its small is no number of that size"},
           {R"({"large":9223372036854775808})", "its large is no number of that size"},
           {R"({"seed":-1})", "its seed is no number of that size"},
           {R"({"seed":1e300})", "its seed is no whole number"},
           {R"({"number":"1"})", "its number is no number"},
           {R"({"side":"up"})", "its side up: is not known; use left or right"},
           {R"({"spots":{}})", "its spots is no list"},
           {R"({"spots":[[1]]})", "its spots is no list of that many numbers"},
           {R"({"spots":[[1,"2"]]})", "its spots is no number"},
           {R"({"spots":[{"x":1}]})", "its spots is no list of that many numbers"},
           {R"({"words":["a",1]})", "its words is no text"},
           {R"({"counts":[1]})", "its counts is no JSON object"},
           {R"({"maybe":[]})", "its maybe is no number"},
           {R"({"name":)", "is no valid JSON"},
           {std::string(100, '['), "nested 100 deep"}})
    EXPECT_NE(complaint(json).find(says), std::string::npos) << json << ": " << complaint(json);
}

}  // namespace
}  // namespace discern
