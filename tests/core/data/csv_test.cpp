#include "core/data/csv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {
namespace {
namespace fs = std::filesystem;
using Fields = std::vector<std::string>;

class Csv : public ::testing::Test {
 protected:
  ~Csv() override { fs::remove(file_); }
  std::vector<CsvRow> read(const std::string& text, char delimiter = 0) {
    writeFileAtomically(file_, text);
    return readCsv(file_, delimiter);
  }
  std::string messageOf(const std::string& text) {
    try {
      read(text);
    } catch (const Error& e) {
      return e.what();
    }
    return "read";
  }
  const fs::path file_ = fs::path(::testing::TempDir()) / "discern_table.csv";
};

TEST_F(Csv, PlainRowsKeepTheirLineNumbers) {
  const auto rows = read("a,b\n\n1,2\n\n\n3,\n,\nlast,row");
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(rows[1].line, 3);
  EXPECT_EQ(rows[2].fields, (Fields{"3", ""}));
  EXPECT_EQ(rows[2].line, 6);
  EXPECT_EQ(rows[3].fields, (Fields{"", ""}));
  EXPECT_EQ(rows[4].fields, (Fields{"last", "row"}));
  EXPECT_EQ(rows[4].line, 8);
}

TEST_F(Csv, QuotesHoldDelimitersQuotesAndLines) {
  const auto rows = read("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\"\nnext,1,2,3\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fields, (Fields{"a,b", "say \"hi\"", "two\nlines", ""}));
  EXPECT_EQ(rows[1].line, 3);  // the quoted field took two lines
}

TEST_F(Csv, WindowsFilesAndByteOrderMarks) {
  const auto rows = read("\xEF\xBB\xBFname,value\r\n\"x\",1\r\n\r\ny,\"2\"\r\n");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fields, (Fields{"name", "value"}));
  EXPECT_EQ(rows[1].fields, (Fields{"x", "1"}));
  EXPECT_EQ(rows[2].fields, (Fields{"y", "2"}));
  EXPECT_EQ(rows[2].line, 4);
}

TEST_F(Csv, OtherDelimiters) {
  EXPECT_EQ(read("a;b,c;d\n", ';')[0].fields, (Fields{"a", "b,c", "d"}));
  EXPECT_TRUE(read("").empty());
}

TEST_F(Csv, TheDelimiterIsFound) {
  for (const char* text :
       {"a,b,c\n1,x y,3\n", "a;b;c\n1;x y;3\n", "a\tb\tc\n1\tx y\t3\n", "a , b,  c \n1, x y ,\t3\n",
        "sep=;\na;b;c\n1;x y;3\n", "\"a\";\"b\";\"c\"\n1;\"x y\" ;3\n"}) {
    const auto rows = read(text);
    ASSERT_EQ(rows.size(), 2U) << text;
    EXPECT_EQ(rows[0].fields, (Fields{"a", "b", "c"})) << text;
    EXPECT_EQ(rows[1].fields, (Fields{"1", "x y", "3"})) << text;
  }
  EXPECT_EQ(read("\"a,b,c,d\";x\n")[0].fields, (Fields{"a,b,c,d", "x"}));  // what is quoted does not count
  EXPECT_EQ(read("a\tb\n\t\n")[1].fields, (Fields{"", ""}));
  EXPECT_EQ(read("a,\" b \"\n")[0].fields, (Fields{"a", " b "}));
  EXPECT_EQ(read("one\ntwo;2,3\n")[1].fields, (Fields{"two;2", "3"}));
  EXPECT_NE(messageOf("\xFF\xFE"
                      "a\0,\0")
                .find("UTF-16"),
            std::string::npos);
}

// Whatever file is chosen, what is said of it can be read: no raw bytes, and no more than a line or two.
TEST_F(Csv, WhatIsNoTextIsRefusedAndShownEscaped) {
  EXPECT_NE(messageOf(std::string("a,b\n1,\0\n", 8)).find(":2: is no text"), std::string::npos);
  EXPECT_EQ(csvShown({"path", "Größe", "", "a\tb"}), "path, Größe, , a\\x09b");
  EXPECT_EQ(csvShown({"\x89PNG\r", "\xC3", "\xED"}), "\\x89PNG\\x0d, \\xc3, \\xed");
  std::string cut(40, 'x');
  cut += "...";
  EXPECT_EQ(csvShown({std::string(100, 'x')}), cut);
  const std::string many = csvShown(Fields(30, "c"));
  EXPECT_TRUE(many.ends_with("c and 10 more")) << many;
  CsvRow header{1, {"\x89PNG\r"}};
  try {
    csvColumn("picture.png", header, "path");
    FAIL();
  } catch (const Error& e) {
    EXPECT_TRUE(std::ranges::all_of(std::string(e.what()), [](char c) { return c >= ' ' && c < 127; }))
        << e.what();
  }
}

TEST_F(Csv, NumbersAsTablesHoldThem) {
  EXPECT_EQ(csvNumber("10.0"), 10);
  EXPECT_EQ(csvNumber("+2"), 2);
  EXPECT_EQ(csvNumber("-1.5e2"), -150);
  EXPECT_EQ(csvNumber("0,5", ';'), 0.5);
  for (const char* none : {"", "x", "1x", "nan", "inf", "1e999", "0,5", "+-1"})
    EXPECT_FALSE(csvNumber(none)) << none;
  EXPECT_FALSE(csvNumber("1,000,000", ';'));
  EXPECT_FALSE(csvNumber("1,000.5", ';'));
}

TEST_F(Csv, AnUnclosedQuoteIsNamedByItsLine) {
  const std::string message = messageOf("a,b\n1,2\n\"open,4\n5,6\n");
  EXPECT_NE(message.find("discern_table.csv:3"), std::string::npos) << message;
}

TEST_F(Csv, ColumnsAreFoundByNameOrListed) {
  const auto rows = read("group,identity,path\n");
  EXPECT_EQ(csvColumn(file_, rows[0], "identity"), 1);
  EXPECT_EQ(csvColumn(file_, rows[0], "Identity"), 1);
  EXPECT_EQ(findCsvColumn(rows[0], {"file", "path"}), 2);
  EXPECT_EQ(findCsvColumn(rows[0], {"file"}), -1);
  try {
    csvColumn(file_, rows[0], "media");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("group, identity, path"), std::string::npos) << e.what();
  }
}

TEST_F(Csv, FieldsSurviveWritingAndReading) {
  const Fields fields{"plain",      "with, comma", "with \"quotes\"", "two\nlines", "",
                      "semi;colon", "\rreturn",    " blanks ",        "\ttab"};
  std::string line;
  for (const auto& field : fields) line.append(line.empty() ? "" : ",").append(csvField(field));
  EXPECT_EQ(read(line + "\n").at(0).fields, fields);
  EXPECT_EQ(csvField("plain"), "plain");
}

}  // namespace
}  // namespace discern::data
