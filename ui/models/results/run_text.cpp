#include "ui/models/results/run_text.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

#include "ui/jobs/job.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

QDateTime timeOf(const std::string& iso) {
  return QDateTime::fromString(QString::fromStdString(iso), Qt::ISODate);
}

QString quoted(const QString& word) {
  static const QRegularExpression plain("^[A-Za-z0-9_./:=,+@%-]+$");
  if (plain.match(word).hasMatch()) return word;
  return '\'' + QString(word).replace('\'', "'\\''") + '\'';
}

// A number of a headline or a command: whole ones in full.
QString plainText(const results::Value& value) {
  const double* number = std::get_if<double>(&value);
  if (number != nullptr && *number == std::floor(*number) && std::abs(*number) < 1e15)
    return QString::number(*number, 'f', 0);
  return valueText(value, 5);
}

}  // namespace

QString contextText(const QString& features, const QString& scores, const QString& protocol,
                    const QString& how) {
  QStringList parts;
  for (const auto& [what, name] :
       {std::pair(Words::tr("features %1"), features), std::pair(Words::tr("scores %1"), scores),
        std::pair(Words::tr("protocol %1"), protocol), std::pair(QString("%1"), how)})
    if (!name.isEmpty()) parts << what.arg(name);
  return parts.join(" · ");
}

QString valueText(const results::Value& value, int digits) {
  if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? Words::tr("yes") : Words::tr("no");
  if (const auto* number = std::get_if<double>(&value)) return QString::number(*number, 'g', digits);
  return "–";
}

QString runCommand(const project::RunRow& run, const QString& project) {
  QStringList words = {"discern", QString::fromStdString(run.job), quoted(project)}, options;
  for (const auto& [name, stored] : results::topLevel(run.options)) {
    const QString key = QString::fromStdString(name), value = plainText(stored);
    if (key == "version" || value.isEmpty() || std::holds_alternative<std::monostate>(stored)) continue;
    if (key == "source") {  // the one without a name
      words << quoted(value);
    } else if (value == "true") {
      options << "--" + key;
    } else if (value.startsWith('-')) {  // or it would be taken for an option
      options << "--" + key + '=' + quoted(value);
    } else {
      options << "--" + key << quoted(value);
    }
  }
  return (words + options).join(' ');
}

QString statusText(const project::RunRow& run) {
  return run.status == "cancelled" || run.status == "interrupted" ? Words::tr("stopped")
                                                                  : engineText(run.status);
}

QString runVersion(const project::RunRow& run) {
  for (const auto& [name, value] : results::topLevel(run.options))
    if (name == "version") return valueText(value, 5);
  return {};
}

QString runDuration(const project::RunRow& run) {
  const QDateTime from = timeOf(run.started), to = timeOf(run.finished);
  if (!from.isValid() || !to.isValid()) return {};
  return durationText(double(from.secsTo(to)));
}

QString runHeadline(const project::RunRow& run) {
  if (run.status == "failed") return QString::fromStdString(results::failureOf(run));
  QStringList parts;
  for (const auto& [name, value] : results::topLevel(run.result))
    if (!std::holds_alternative<std::monostate>(value))
      parts << QString::fromStdString(name).replace('_', ' ') + ' ' + plainText(value);
  return parts.join(", ");
}

QString timeText(const std::string& iso) {
  const QDateTime time = timeOf(iso);
  return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                        : QString::fromStdString(iso);
}

}  // namespace discern::ui
