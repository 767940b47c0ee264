// What a job says, for three kinds of reader: a person at a terminal, a log file, another program (--json).
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/progress.h"

namespace discern::app {

class Console {
 public:
  enum class Style { Terminal, Plain, Json };
  // Terminal when stderr is one, else Plain.
  static Style detect(bool json);

  explicit Console(Style style) : style_(style) {}

  Progress::Sink sink();
  void start(const std::string& job, int run);
  // Of a recipe: its place, from 1, of how many, its job, its words as they would be typed, and about how
  // long it and those after it take (seconds; negative: nobody knows).
  struct Step {
    std::size_t place = 0, count = 0;
    std::string job, words;
    double seconds = -1, after = -1;
  };
  void step(const Step& step);
  // JSON: one result event with `values`. Else: `text` on standard output.
  void result(const std::string& job, const nlohmann::json& values, const std::string& text);
  // field: of the job's options that it is about, if it is about one.
  void error(const std::string& message, const std::string& field = {});
  Style style() const { return style_; }

 private:
  void show(const ProgressEvent& event);
  void endBar();

  Style style_;
  bool barOpen_ = false;
  std::string plainStage_;
  std::chrono::steady_clock::time_point lastPlain_;
};

}  // namespace discern::app
