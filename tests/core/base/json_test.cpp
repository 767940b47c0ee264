#include "core/base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace discern {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

std::string messageOf(const std::string& text) {
  try {
    parseJson(text, "here");
  } catch (const Error& e) {
    return e.what();
  }
  return "parsed";
}

TEST(Json, OfReasonableSizeIsParsed) {
  const auto value = parseJson(R"({"a": [1, {"b": "c"}]})", "here");
  EXPECT_EQ(value["a"][1]["b"], "c");
  EXPECT_EQ(parseJson(" 5 "), 5);
  EXPECT_TRUE(parseJson("{").is_discarded());
  EXPECT_TRUE(parseJson("").is_discarded());
  EXPECT_EQ(messageOf("{").rfind("here: is no valid JSON", 0), 0U);
}

TEST(Json, DepthIsLimitedAndCountedOutsideOfTexts) {
  EXPECT_EQ(messageOf(nested(kDeepestJson)), "parsed");
  EXPECT_EQ(messageOf(nested(kDeepestJson + 1)),
            "here: its JSON is nested 33 deep, at most 32 were expected");
  EXPECT_TRUE(parseJson(nested(kDeepestJson + 1)).is_discarded());
  EXPECT_TRUE(parseJson(nested(2'000'000)).is_discarded());
  // Neither brackets in a text nor those that are closed again count, nor does a quote behind a backslash end
  // a text.
  EXPECT_EQ(messageOf('"' + nested(1000) + '"'), "parsed");
  std::string quoted = R"({"\"\\": ")";
  quoted.append(1000, '{').append(R"(", "b": 1})");
  EXPECT_EQ(messageOf(quoted), "parsed");
  std::string wide = "[";
  for (int i = 0; i < 1000; ++i) wide += "[],{},";
  EXPECT_EQ(messageOf(wide + "0]"), "parsed");
  EXPECT_NE(messageOf(R"(["\\", )" + nested(kDeepestJson) + "]"), "parsed");
  std::string objects;
  for (int i = 0; i < kDeepestJson + 1; ++i) objects += R"({"a":)";
  EXPECT_NE(excessOfJson(objects), "");
}

TEST(Json, LengthIsLimited) {
  std::string text(kLongestJson, ' ');
  text.front() = '[';
  text.back() = ']';
  EXPECT_EQ(messageOf(text), "parsed");
  text.insert(1, " ");
  EXPECT_NE(messageOf(text).find("64 MB"), std::string::npos);
}

TEST(Json, WhatIsOfAnotherTypeIsAsGoodAsMissing) {
  const auto object = parseJson(R"({"number": 2.5, "text": "t", "list": [1]})");
  EXPECT_EQ(jsonNumber(object, "number", 0), 2.5);
  EXPECT_EQ(jsonNumber(object, "text", 7), 7);
  EXPECT_EQ(jsonNumber(object, "none", 7), 7);
  EXPECT_EQ(jsonNumber(parseJson("[1]"), "number", 7), 7);
  EXPECT_EQ(jsonNumber(parseJson("{"), "number", 7), 7);
  EXPECT_EQ(jsonText(object, "text"), "t");
  EXPECT_EQ(jsonText(object, "list", "else"), "else");
  EXPECT_EQ(jsonText(parseJson("3"), "text"), "");
}

}  // namespace
}  // namespace discern
