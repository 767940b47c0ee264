#include "ui/jobs/job_events.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace discern::ui {
namespace {

constexpr qsizetype kLongestLine = qsizetype{64} << 20;

double numberOr(const QJsonValue& value, double otherwise) {
  return value.isDouble() ? value.toDouble() : otherwise;
}

}  // namespace

std::optional<JobEvent> parseJobEvent(const QByteArray& line) {
  const QJsonDocument document = QJsonDocument::fromJson(line);
  if (!document.isObject()) return std::nullopt;
  using Kind = JobEvent::Kind;
  static const QHash<QString, Kind> kinds = {{"start", Kind::Start},       {"step", Kind::Step},
                                             {"progress", Kind::Progress}, {"stage", Kind::StageDone},
                                             {"note", Kind::Note},         {"metric", Kind::Metric},
                                             {"result", Kind::Result},     {"error", Kind::Error}};
  JobEvent event;
  event.line = line;
  const QJsonObject object = document.object();
  const auto kind = kinds.constFind(object["event"].toString());
  if (kind == kinds.constEnd()) return std::nullopt;
  event.kind = *kind;
  event.stage = object["stage"].toString();
  event.done = object["done"].toInteger();
  event.total = object["total"].toInteger();
  event.rate = numberOr(object["rate"], -1);
  event.secondsLeft = numberOr(object["left"], -1);
  event.run = object["run"].toInt(-1);
  event.step = object["step"].toInteger();
  event.steps = object["steps"].toInteger();
  event.seconds = numberOr(object["seconds"], -1);
  event.after = numberOr(object["after"], -1);
  event.value = numberOr(object["value"], 0);
  switch (event.kind) {
    case Kind::Start:
    case Kind::Step:
    case Kind::Result:
      event.text = object["job"].toString();
      break;
    case Kind::Metric:
      event.text = object["name"].toString();
      break;
    case Kind::Error:
      event.text = object["message"].toString();
      event.field = object["field"].toString();
      break;
    default:
      event.text = object["text"].toString();
  }
  return event;
}

QList<QByteArray> LineSplitter::feed(const QByteArray& bytes) {
  pending_ += bytes;
  QList<QByteArray> lines;
  qsizetype start = 0;
  while (true) {
    const qsizetype end = pending_.indexOf('\n', start);
    if (end < 0) break;
    QByteArray line = pending_.mid(start, end - start);
    if (line.endsWith('\r')) line.chop(1);
    lines.append(line);
    start = end + 1;
  }
  pending_.remove(0, start);
  if (pending_.size() > kLongestLine) pending_.clear();
  return lines;
}

QByteArray LineSplitter::takeRest() { return std::exchange(pending_, {}); }

QStringList shellWords(const QString& text) {
  QStringList words;
  QString word;
  bool inWord = false;
  QChar quote;
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    if (quote.isNull() && c.isSpace()) {
      if (inWord) words.append(std::exchange(word, {}));
      inWord = false;
      continue;
    }
    inWord = true;
    if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
      word += text[++i];
    } else if (quote.isNull() && (c == '"' || c == '\'')) {
      quote = c;
    } else if (!quote.isNull() && c == quote) {
      quote = QChar();
    } else {
      word += c;
    }
  }
  if (inWord) words.append(word);
  return words;
}

}  // namespace discern::ui
