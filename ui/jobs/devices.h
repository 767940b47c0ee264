// What the engine's networks can run on, as `discern devices` tells it: asked for once, never waited for.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <map>

class QProcess;

namespace discern::ui {

class Devices : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  ~Devices() override;

  // Asks the engine these words start, unless it was asked already; `found` follows when it has answered.
  void ask(const QStringList& command);
  // "cuda (NVIDIA H200)", "cuda (none found)"; empty: nobody knows yet.
  QString textOf(const QString& device) const;

  // What was found, to be put in at the next start, until the engine has answered again. What is not a memory
  // is ignored.
  QString memory() const;
  void remember(const QString& memory);

 signals:
  void found();

 private:
  void read(const QByteArray& output);

  std::map<QString, QStringList> names_;  // of each device
  QStringList asked_;
  QProcess* process_ = nullptr;
};

}  // namespace discern::ui
