#include "app/console.h"

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace discern::app {
namespace {
using nlohmann::json;

std::string duration(double seconds) {
  if (seconds < 0) return "";
  const auto s = std::lround(seconds);
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string numbers(const ProgressEvent& e) {
  std::string text = fmt::format("{} of {}", e.done, e.total);
  if (e.rate > 0)
    text += e.rate >= 10 ? fmt::format(", {:.0f}/s", e.rate) : fmt::format(", {:.2f}/s", e.rate);
  if (e.secondsLeft >= 0 && e.done < e.total) text += ", " + duration(e.secondsLeft) + " left";
  return text;
}

void line(const json& event) {
  const std::string text = event.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

int terminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}
}  // namespace

Console::Style Console::detect(bool json) {
  if (json) return Style::Json;
  return ::isatty(STDERR_FILENO) ? Style::Terminal : Style::Plain;
}

Progress::Sink Console::sink() {
  return [this](const ProgressEvent& event) { show(event); };
}

void Console::start(const std::string& job, int run) {
  if (style_ == Style::Json) line({{"event", "start"}, {"job", job}, {"run", run}});
}

void Console::endBar() {
  if (barOpen_) std::fputs("\n", stderr);
  barOpen_ = false;
}

void Console::show(const ProgressEvent& e) {
  using Kind = ProgressEvent::Kind;
  if (style_ == Style::Json) {
    switch (e.kind) {
      case Kind::Progress:
        line({{"event", "progress"},
              {"stage", e.stage},
              {"done", e.done},
              {"total", e.total},
              {"rate", e.rate > 0 ? json(e.rate) : json(nullptr)},
              {"left", e.secondsLeft >= 0 ? json(e.secondsLeft) : json(nullptr)}});
        break;
      case Kind::StageDone:
        line({{"event", "stage"}, {"stage", e.stage}});
        break;
      case Kind::Note:
        line({{"event", "note"}, {"text", e.text}});
        break;
      case Kind::Metric:
        line({{"event", "metric"}, {"name", e.text}, {"step", e.step}, {"value", e.value}});
        break;
    }
    return;
  }
  if (e.kind == Kind::Metric) return;
  if (e.kind == Kind::Note) {
    endBar();
    fmt::print(stderr, "note: {}\n", e.text);
    return;
  }
  const bool end = e.kind == Kind::StageDone;
  if (style_ == Style::Terminal) {
    const double share =
        e.total > 0 ? std::clamp(static_cast<double>(e.done) / static_cast<double>(e.total), 0.0, 1.0) : 0;
    const int filled = static_cast<int>(share * 24);
    std::string text = fmt::format(
        "{:<28} [{}{}] {:3.0f} %  {}", e.stage, std::string(static_cast<std::size_t>(filled), '#'),
        std::string(static_cast<std::size_t>(24 - filled), '.'), 100 * share, numbers(e));
    text.resize(std::min<std::size_t>(text.size(), static_cast<std::size_t>(terminalWidth() - 1)));
    fmt::print(stderr, "\r\033[K{}", text);
    barOpen_ = true;
    if (end) endBar();
    return;
  }
  // A log: a line when a stage starts and ends, and one every ten seconds between.
  const auto now = std::chrono::steady_clock::now();
  if (!end && plainStage_ == e.stage && now - lastPlain_ < std::chrono::seconds(10)) return;
  plainStage_ = end ? "" : e.stage;
  lastPlain_ = now;
  fmt::print(stderr, "{}: {}\n", e.stage, numbers(e));
}

void Console::step(const Step& step) {
  if (style_ == Style::Json) {
    const auto known = [](double seconds) { return seconds >= 0 ? json(seconds) : json(nullptr); };
    line({{"event", "step"},
          {"step", step.place},
          {"steps", step.count},
          {"job", step.job},
          {"seconds", known(step.seconds)},
          {"after", known(step.after)}});
    return;
  }
  endBar();
  fmt::print(stderr, "== step {} of {}: {}\n", step.place, step.count, step.words);
  if (step.seconds >= 0 && step.after >= 0 && step.count > 1)
    fmt::print(stderr, "   about {} to the end of the recipe\n", duration(step.seconds + step.after));
}

void Console::result(const std::string& job, const json& values, const std::string& text) {
  if (style_ == Style::Json) {
    json event = {{"event", "result"}, {"job", job}};
    event.update(values);
    line(event);
    return;
  }
  endBar();
  std::fputs(text.c_str(), stdout);
  if (!text.empty() && text.back() != '\n') std::fputs("\n", stdout);
  std::fflush(stdout);
}

void Console::error(const std::string& message, const std::string& field) {
  if (style_ == Style::Json) {
    json event = {{"event", "error"}, {"message", message}};
    if (!field.empty()) event["field"] = field;
    line(event);
  }
  endBar();
  if (style_ != Style::Json) fmt::print(stderr, "discern: {}\n", message);
}

}  // namespace discern::app
