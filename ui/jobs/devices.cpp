#include "ui/jobs/devices.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace discern::ui {

Devices::~Devices() {
  if (process_ == nullptr) return;
  process_->disconnect(this);
  process_->kill();
  process_->waitForFinished(1000);
}

void Devices::ask(const QStringList& command) {
  if (command.isEmpty() || command == asked_ || process_ != nullptr) return;
  asked_ = command;
  process_ = new QProcess(this);
  process_->setProcessChannelMode(QProcess::SeparateChannels);
  const auto end = [this] {
    if (process_ == nullptr) return;
    const QByteArray output = process_->readAllStandardOutput();
    process_->deleteLater();
    process_ = nullptr;
    read(output);
  };
  connect(process_, &QProcess::finished, this, end);
  connect(process_, &QProcess::errorOccurred, this, [end](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) end();
  });
  process_->start(command.front(), command.mid(1) + QStringList{"--json", "devices"});
}

void Devices::read(const QByteArray& output) {
  for (const QByteArray& line : output.split('\n')) {
    const QJsonObject event = QJsonDocument::fromJson(line).object();
    if (event["event"] != "result" || event["job"] != "devices") continue;
    names_.clear();
    for (const QJsonValue& value : event["devices"].toArray())
      names_[value["device"].toString()] << value["name"].toString();
    emit found();
  }
}

QString Devices::textOf(const QString& device) const {
  if (names_.empty()) return {};
  const auto at = names_.find(device);
  if (at == names_.end()) return tr("%1 (none found)").arg(device);
  const qsizetype more = at->second.size() - 1;
  return more == 0 ? QString("%1 (%2)").arg(device, at->second.front())
                   : tr("%1 (%2 and %3 more)").arg(device, at->second.front()).arg(more);
}

QString Devices::memory() const {
  QJsonObject object;
  for (const auto& [device, names] : names_) object[device] = QJsonArray::fromStringList(names);
  return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void Devices::remember(const QString& memory) {
  const QJsonObject object = QJsonDocument::fromJson(memory.toUtf8()).object();
  for (auto it = object.begin(); it != object.end(); ++it)
    for (const QJsonValue& name : it.value().toArray())
      if (name.isString()) names_[it.key()] << name.toString();
}

}  // namespace discern::ui
