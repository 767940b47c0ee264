#include "ui/models/results/run_text.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

#include "ui/jobs/job.h"

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

QString valueText(const QJsonValue& value) {
  if (value.isString()) return value.toString();
  if (value.isBool()) return value.toBool() ? "yes" : "no";
  const double number = value.toDouble();
  const bool whole = number == std::floor(number) && std::abs(number) < 1e15;
  return QString::number(number, whole ? 'f' : 'g', whole ? 0 : 5);
}

}  // namespace

QJsonObject objectOf(const std::string& json) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

double numberOf(const QJsonValue& value, double otherwise) {
  return value.isDouble() ? value.toDouble() : otherwise;
}

std::optional<double> optionalNumber(const QJsonValue& value) {
  return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString runCommand(const project::RunRow& run, const QString& project) {
  QStringList words = {"discern", QString::fromStdString(run.job), quoted(project)};
  const QJsonObject options = objectOf(run.options);
  if (options.contains("source")) words << quoted(options["source"].toString());  // the one without a name
  for (auto it = options.begin(); it != options.end(); ++it) {
    const QString value = valueText(it.value());
    if (it.key() == "version" || it.key() == "source" || value.isEmpty()) continue;
    if (value == "true") {
      words << "--" + it.key();
    } else if (value.startsWith('-')) {  // or it would be taken for an option
      words << "--" + it.key() + '=' + quoted(value);
    } else {
      words << "--" + it.key() << quoted(value);
    }
  }
  return words.join(' ');
}

QString statusText(const project::RunRow& run) {
  return run.status == "cancelled" ? QString("stopped") : QString::fromStdString(run.status);
}

QString runVersion(const project::RunRow& run) { return objectOf(run.options)["version"].toString(); }

QString runDuration(const project::RunRow& run) {
  const QDateTime from = timeOf(run.started), to = timeOf(run.finished);
  if (!from.isValid() || !to.isValid()) return {};
  return durationText(double(from.secsTo(to)));
}

QString runHeadline(const project::RunRow& run) {
  const QJsonObject result = objectOf(run.result);
  if (run.status == "failed") return result["error"].toString();
  QStringList parts;
  for (auto it = result.begin(); it != result.end(); ++it)
    if (!it.value().isArray() && !it.value().isObject() && !it.value().isNull())
      parts << QString(it.key()).replace('_', ' ') + ' ' + valueText(it.value());
  return parts.join(", ");
}

QString timeText(const std::string& iso) {
  const QDateTime time = timeOf(iso);
  return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                        : QString::fromStdString(iso);
}

}  // namespace discern::ui
