// The fields of every job on a command line: all in its help, with their defaults, and one message for what
// is wrong.
#include "app/fields.h"

#include <gtest/gtest.h>

#include "app/words.h"
#include "core/jobs/visit.h"
#include "tests/core/jobs/other_text.h"

namespace discern::app {
namespace {

template <class O>
struct Command {
  CLI::App app{"", "discern"};
  O options;
  explicit Command(const Fields<O>& fields) { addFields(app, fields, options); }

  void parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());
    app.parse(words);
  }
};

// What has to be given for any call at all.
std::vector<std::string> needed(const std::vector<Field>& fields) {
  std::vector<std::string> words;
  for (const Field& field : fields) {
    if (!field.required) continue;
    if (!field.positional) words.push_back(spelling(field));
    words.push_back(test::otherText(field));
  }
  return words;
}

TEST(CommandFields, EveryFieldIsInTheHelpWithItsDefault) {
  jobs::visitJobs([](const char* name, const char*, const auto& fields) {
    Command command(fields);
    command.app.get_formatter()->column_width(1);  // each help on a line of its own, unbroken
    const std::string help = command.app.help();
    for (const Field& field : fields.list()) {
      SCOPED_TRACE(std::string(name) + " " + field.name);
      auto at = help.find("\n  " + spelling(field));
      while (at != std::string::npos && !std::isspace(help[at + 3 + spelling(field).size()]))
        at = help.find("\n  " + spelling(field), at + 1);  // of another that begins alike
      ASSERT_NE(at, std::string::npos) << help;
      const std::string entry = help.substr(at, help.find("\n  -", at + 3) - at);
      if (!field.fallback.empty() && field.kind != FieldKind::Flag && !field.required) {
        EXPECT_NE(entry.find(field.fallback), std::string::npos) << entry;
      }
      const auto words = splitList(field.help);  // the help's lines are broken at blanks
      EXPECT_NE(entry.find(words.front().substr(0, words.front().find(' '))), std::string::npos) << entry;
    }
  });
}

TEST(CommandFields, WhatIsTypedBecomesTheOptions) {
  jobs::visitJobs([](const char* name, const char*, const auto& fields) {
    Command command(fields);
    std::vector<std::string> words;
    for (const Field& field : fields.list()) {
      const std::string text = test::otherText(field);
      if (field.kind == FieldKind::Flag) {
        words.push_back(spelling(field));
      } else if (field.positional) {
        words.push_back(text);
      } else {
        words.insert(words.end(), {spelling(field), text});
      }
    }
    SCOPED_TRACE(name);
    ASSERT_NO_THROW(command.parse(words));
    for (std::size_t i = 0; i < fields.list().size(); ++i)
      EXPECT_EQ(fields.text(command.options, i), test::otherText(fields.list()[i])) << fields.list()[i].name;
  });
}

TEST(CommandFields, WhatIsOutOfRangeIsSaidWithTheSpelling) {
  jobs::visitJobs([](const char* name, const char*, const auto& fields) {
    for (const Field& field : fields.list()) {
      const auto text = test::outside(field);
      if (!text || field.positional) continue;  // a number below 0 reads as an option there
      SCOPED_TRACE(std::string(name) + " " + field.name);
      Command command(fields);
      auto words = needed(fields.list());
      words.push_back(spelling(field) + "=" + *text);
      try {
        command.parse(words);
        ADD_FAILURE() << *text << " was taken";
      } catch (const CLI::ParseError& e) {
        EXPECT_EQ(std::string(e.what()), "--" + field.name + " " + *text + ": " + rangeText(field));
        EXPECT_NE(e.get_exit_code(), 0);
      }
    }
  });
}

TEST(CommandFields, RecommendedIsAPresetThatChangesNothing) {
  Command command(jobs::evaluateFields());
  command.parse({"--preset=recommended"});
  EXPECT_EQ(command.options.lengths, data::Lengths::Unit);
  Command paper(jobs::evaluateFields());
  paper.parse({"--preset=paper"});
  EXPECT_EQ(paper.options.lengths, data::Lengths::Raw);
  EXPECT_THROW(Command(jobs::evaluateFields()).parse({"--preset=other"}), CLI::ParseError);
}

TEST(CommandWords, ComputeIsToldBothWays) {
  EXPECT_EQ(computeText(39.65e6), "39.65 MMACs (79.30 MFLOPs)");  // DDNet's, and DDL's 81.9 M are the latter
}

TEST(CommandFields, AnErrorOfTheEngineIsSpelledWhereTheCommandHasSuchAnOption) {
  Command command(jobs::extractFields());
  EXPECT_EQ(spelled(command.app, FieldError("name", "x", "is taken")), "--name x: is taken");
  EXPECT_EQ(spelled(command.app, FieldError("min-images", "0", "is at least 1")),
            "min images 0: is at least 1");
}

}  // namespace
}  // namespace discern::app
