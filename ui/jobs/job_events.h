// The lines a job prints on its standard output: one JSON object each. No process, no widgets.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

namespace discern::ui {

struct JobEvent {
  enum class Kind { Start, Step, Progress, StageDone, Note, Metric, Result, Error };
  Kind kind = Kind::Note;
  QString stage;  // Progress, StageDone
  qint64 done = 0, total = 0;
  double rate = -1;         // units a second; negative: unknown
  double secondsLeft = -1;  // negative: unknown
  QString text;             // Note, Error: one sentence. Metric: its name. Start, Step, Result: the job
  int run = -1;             // Start: the row of the project's runs
  qint64 step = 0;          // Metric; of a Step its place, from 1
  qint64 steps = 0;         // Step: how many there are
  double seconds = -1, after = -1;  // Step: about how long it and those after it take; negative: unknown
  double value = 0;
  QString field;    // Error: the option that it is about, if it is about one
  QByteArray line;  // the whole: a result has the job's values in it
};

// nothing: not a JSON object, or an event this window does not know.
std::optional<JobEvent> parseJobEvent(const QByteArray& line);

// Bytes arrive in any portions; lines leave whole, without their end. A line longer than 64 MiB is dropped.
class LineSplitter {
 public:
  QList<QByteArray> feed(const QByteArray& bytes);
  QByteArray takeRest();  // what came after the last end of line

 private:
  QByteArray pending_;
};

// Splits like a shell: white space, single and double
// quotes, backslashes. "ssh gpu-box discern" is three words.
QStringList shellWords(const QString& text);

}  // namespace discern::ui
