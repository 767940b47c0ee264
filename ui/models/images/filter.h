// What a person types to see some of the samples: `score<0.3 identity:id12 set:lfw status:scored smith`.
#pragma once

#include <QString>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// All terms must hold. `field<0.3` (also <= > >= = !=), `field:low..high`, `field:text` (contains), `word`
// (identity, file, set or media contains it); "quoted words" stay together; a leading `-` turns a term round.
class Filter {
 public:
  Filter() = default;
  explicit Filter(const QString& text);

  bool isEmpty() const { return terms_.empty(); }
  QString error() const { return error_; }  // a sentence about what was not understood; empty: all was
  bool matches(const SampleTable& table, int sample) const;
  // Of the shown samples from .. to - 1 those that pass, ascending.
  std::vector<int> passing(const SampleTable& table, int from, int to) const;

  static QString help();  // for the tooltip of the line that is typed into

 private:
  enum class Test { Contains, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, Between, Word };
  struct Term {
    Field field = Field::Identity;
    Test test = Test::Word;
    double low = 0, high = 0;
    QString text;
    bool negated = false;
  };
  // What is known of a term: of identities and sets by number, and of the last file.
  struct Known {
    std::vector<signed char> identity, set;
    const std::string* file = nullptr;
    bool fileHas = false;
  };
  void parseTerm(QString token);
  static bool holds(const Term& term, const SampleTable& table, int sample, Known& known);
  bool matches(const SampleTable& table, int sample, std::vector<Known>& known) const;

  std::vector<Term> terms_;
  QString error_;
};

// The shown samples that pass, sorted; those without a number come last in both directions. Ties: by id.
std::vector<int> filterAndSort(const SampleTable& table, const Filter& filter, Field key,
                               bool descending = false);

}  // namespace discern::ui
