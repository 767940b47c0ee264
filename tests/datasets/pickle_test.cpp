#include "datasets/pickle.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/datasets/pickle_samples.h"

namespace discern::datasets::pickle {
namespace {
using namespace std::string_literals;

std::string messageOf(const std::string& text) {
  try {
    parse(text, "set.bin");
  } catch (const Error& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("set.bin")) << e.what();
    return e.what();
  }
  return "read";
}

TEST(Pickle, IntegersOfEverySpelling) {
  const auto number = [](const std::string& text) {
    const Document document = parse(text + ".", "x");
    return document.at(document.root).number;
  };
  EXPECT_EQ(number("K\xFF"s), 255);
  EXPECT_EQ(number("M\x34\x12"s), 0x1234);
  EXPECT_EQ(number("J\xFE\xFF\xFF\xFF"s), -2);
  EXPECT_EQ(number("I-17\n"s), -17);
  EXPECT_EQ(number("\x8a\x00"s), 0);
  EXPECT_EQ(number("\x8a\x01\xFF"s), -1);
  EXPECT_EQ(number("\x8a\x02\xFF\x00"s), 255);
  EXPECT_EQ(number("\x88"s), 1);
}

TEST(Pickle, ListsTuplesMarksAndMemo) {
  // [(1, 2), [], (3,)] built with memo, pop and both ways of appending
  const Document d = parse(
      "]q\x00(K\x01K\x02tq\x01\x61(]K\x03\x85\x65K\x09"
      "0h\x00."s,
      "x");
  const Value& list = d.at(d.root);
  ASSERT_EQ(list.kind, Kind::List);
  ASSERT_EQ(list.items.size(), 3U);
  const Value& tuple = d.at(list.items[0]);
  EXPECT_EQ(tuple.kind, Kind::Tuple);
  ASSERT_EQ(tuple.items.size(), 2U);
  EXPECT_EQ(d.at(tuple.items[1]).number, 2);
  EXPECT_EQ(d.at(list.items[1]).kind, Kind::List);
  EXPECT_EQ(d.at(d.at(list.items[2]).items[0]).number, 3);
}

TEST(Pickle, BytesStayWhereTheyAre) {
  const std::string text =
      "\x80\x03"
      "C\x05hello."s;
  const Document d = parse(text, "x");
  EXPECT_EQ(text.substr(static_cast<std::size_t>(d.at(d.root).offset), 5), "hello");
}

TEST(Pickle, CodeIsNeverResolved) {
  EXPECT_NE(messageOf(samples::kAttack4).find("posix.system"), std::string::npos)
      << messageOf(samples::kAttack4);
  EXPECT_NE(messageOf(samples::kAttack2).find("posix.system"), std::string::npos);
  EXPECT_NE(messageOf(samples::kAttack0).find("system"), std::string::npos);
  EXPECT_NE(messageOf(samples::kSubtle).find("builtins.eval"), std::string::npos);
  EXPECT_NE(messageOf("cos\nsystem\n(Vecho\ntR."s).find("os.system"), std::string::npos);
  EXPECT_NE(messageOf("cnumpy\nload\n."s).find("numpy.load"), std::string::npos);
  EXPECT_NE(messageOf("cnumpy.core.multiarray\n_reconstruct.__globals__\n."s).find("refused"),
            std::string::npos);
  EXPECT_NE(messageOf("(cos\nsystem\no."s).find("os.system"), std::string::npos);
  EXPECT_NE(messageOf("(ios\nsystem\n."s).find("opcode 0x69"), std::string::npos);
  EXPECT_NE(messageOf("\x82\x01."s).find("opcode 0x82"), std::string::npos);  // the extension registry
  EXPECT_NE(messageOf("Pid\n."s).find("opcode 0x50"), std::string::npos);     // persistent ids
}

TEST(Pickle, WhatIsOutOfOrderIsRefused) {
  for (const std::string& text : {""s,
                                  "."s,
                                  "K"s,
                                  "0."s,
                                  "(."s,
                                  "t."s,
                                  "a."s,
                                  "K\x01K\x02\x61."s,
                                  "h\x00."s,
                                  "g1x\n."s,
                                  "]K\x01R."s,
                                  "Ix\n."s,
                                  "\x80\x09."s,
                                  "C\xFFshort."s,
                                  "\x8e\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF."s,
                                  "\x86."s,
                                  "\x8a\x09\x01."s,
                                  "cnumpy\ndtype\n)R."s,
                                  "cnumpy\nndarray\n)R."s,
                                  "]b."s,
                                  "c_codecs\nencode\n(X\x01\x00\x00\x00xX\x03\x00\x00\x00rottR."s})
    EXPECT_NE(messageOf(text), "read") << text;
  EXPECT_NE(messageOf(samples::kProtocol0).find("protocol=4"), std::string::npos)
      << messageOf(samples::kProtocol0);
}

TEST(Pickle, WhatIsNotReadIsSaidInWords) {
  EXPECT_NE(messageOf("}."s).find("dictionary"), std::string::npos) << messageOf("}."s);
  EXPECT_NE(messageOf("\x8f."s).find("a set"), std::string::npos);
  EXPECT_NE(messageOf("ctorch._utils\n_rebuild_tensor_v2\n."s).find("objects of torch"), std::string::npos);
  EXPECT_EQ(messageOf("ctorch._utils\n_rebuild_tensor_v2\n."s).find("malicious"), std::string::npos);
}

TEST(Pickle, FloatingPointAndNumPysNumbers) {
  const auto root = [](const std::string& text) {
    const Document document = parse(text + ".", "x");
    return document.at(document.root);
  };
  EXPECT_EQ(root("G\x3F\xF0\0\0\0\0\0\0"s).number, 1);  // 1.0 is a whole number
  EXPECT_EQ(root("F1.0\n"s).number, 1);
  EXPECT_EQ(root("F0.25\n"s).kind, Kind::Real);
  EXPECT_EQ(root("F0.25\n"s).real, 0.25);
  const auto scalar = [&](const std::string& type, const std::string& bytes) {
    return root("cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(U" +
                std::string(1, static_cast<char>(type.size())) + type + "\x89\x88tRC" +
                std::string(1, static_cast<char>(bytes.size())) + bytes + "tR");
  };
  EXPECT_EQ(scalar("b1", "\1").kind, Kind::Bool);
  EXPECT_EQ(scalar("b1", "\1").number, 1);
  EXPECT_EQ(scalar("i8", "\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF").number, -2);
  EXPECT_EQ(scalar("u2", "\xFE\xFF").number, 65534);
  EXPECT_EQ(scalar("f4", "\0\0\x80\x3F"s).number, 1);
  EXPECT_EQ(scalar("S5", "hello").kind, Kind::Bytes);
  EXPECT_EQ(scalar("S5", "hello").length, 5);
  for (const char* unfit : {"f2", "c8", "V3", ">i4", "M8", "i", ""})
    EXPECT_ANY_THROW(scalar(unfit, "\1\1\1\1")) << unfit;
  EXPECT_ANY_THROW(scalar("i4", "\1\1"));
}

TEST(Pickle, DeepNestingAndCyclesAreHarmless) {
  const Document deep = parse(")" + std::string(1'000'000, '\x85') + ".", "x");
  EXPECT_EQ(deep.values.size(), 1'000'001U);
  const Document cycle = parse("]q\x00h\x00\x61."s, "x");
  EXPECT_EQ(cycle.at(cycle.root).items, std::vector<int>{cycle.root});
  std::string many(2'000'002, 'N');
  many.back() = '.';
  EXPECT_NE(messageOf(many), "read");
}

TEST(Pickle, Latin1) {
  EXPECT_EQ(decodeLatin1("a\xC3\xBF\xC2\x80z", "x"), "a\xFF\x80z");
  EXPECT_THROW(decodeLatin1("a\xC3", "x"), Error);
  try {
    decodeLatin1("\xE2\x82\xAC", "set.bin: pair 1 a");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("set.bin: pair 1 a: ")) << e.what();
  }
}

}  // namespace
}  // namespace discern::datasets::pickle
